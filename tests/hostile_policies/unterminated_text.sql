SELECT key AS entity, name FROM product WHERE name = 'x
-- exit 2: unrecognized token
