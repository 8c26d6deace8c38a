SELECT key AS entity, zeroblob(1000000000) AS name FROM product
-- exit 2: the function `zeroblob` is not allowed
