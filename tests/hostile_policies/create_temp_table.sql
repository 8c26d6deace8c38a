CREATE TEMP TABLE x AS SELECT * FROM product
-- exit 2: only one `SELECT` is allowed
