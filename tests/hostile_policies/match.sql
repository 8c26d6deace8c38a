SELECT key AS entity, name FROM product WHERE name MATCH 'x'
-- exit 2: the function `match` is not allowed
