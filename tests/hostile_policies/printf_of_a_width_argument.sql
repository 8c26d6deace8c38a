SELECT key AS entity, printf('%*d', 2147483647, 1) AS name FROM product
-- exit 1
