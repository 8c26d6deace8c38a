SELECT key AS entity, date('now') AS name FROM product
-- exit 2: the function `date` is not allowed
