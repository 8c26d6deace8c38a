SELECT key AS entity, unixepoch() AS name FROM product
-- exit 2: the function `unixepoch` is not allowed
