SELECT key AS entity, name FROM product ORDER BY random()
-- exit 2: the function `random` is not allowed
