SELECT name AS entity, name FROM pragma_function_list
-- exit 2: only one `SELECT` is allowed
