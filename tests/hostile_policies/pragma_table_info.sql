SELECT name AS entity, type AS name FROM pragma_table_info('product')
-- exit 2: only one `SELECT` is allowed
