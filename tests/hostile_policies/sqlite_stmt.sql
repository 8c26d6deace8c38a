SELECT sql AS entity, ns AS name FROM sqlite_stmt
-- exit 2: .
