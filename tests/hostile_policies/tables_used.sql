SELECT name AS entity, name FROM tables_used('SELECT 1')
-- exit 2: no such table: tables_used
