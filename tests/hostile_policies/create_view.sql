CREATE TEMP VIEW x AS SELECT * FROM product
-- exit 2: .
