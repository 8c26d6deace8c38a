SELECT sql AS entity, ns AS name FROM sqlite_stmt
-- exit 2: only one `SELECT` is allowed
