SELECT key AS entity, randomblob(1000000000) AS name FROM product
-- exit 2: the function `randomblob` is not allowed
