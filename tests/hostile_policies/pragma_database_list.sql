SELECT name AS entity, file AS name FROM pragma_database_list
-- exit 2: only one `SELECT` is allowed
