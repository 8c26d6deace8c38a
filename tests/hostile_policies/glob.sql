SELECT key AS entity, name FROM product WHERE name GLOB '*a*a*a*a*a*a*a*a*a*b'
-- exit 2: the function `glob` is not allowed
