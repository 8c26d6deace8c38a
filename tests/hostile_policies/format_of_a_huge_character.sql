SELECT key AS entity, format('%.*c', 999999999, 'a') AS name FROM product
-- exit 1
