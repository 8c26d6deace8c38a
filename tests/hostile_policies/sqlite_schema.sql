SELECT name AS entity, sql AS name FROM sqlite_schema
-- exit 2: .
