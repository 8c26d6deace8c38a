SELECT key AS entity, printf('%999999999d', 1) AS name FROM product
-- exit 1
