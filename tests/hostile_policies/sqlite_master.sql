SELECT name AS entity, sql AS name FROM sqlite_master
-- exit 2: .
