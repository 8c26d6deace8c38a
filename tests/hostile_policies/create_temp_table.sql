CREATE TEMP TABLE x AS SELECT * FROM product
-- exit 2: .
