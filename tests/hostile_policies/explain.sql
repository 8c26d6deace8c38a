EXPLAIN SELECT key AS entity, name FROM product
-- exit 2: only one `SELECT` is allowed
