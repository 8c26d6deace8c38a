SELECT key AS entity, strftime('%s', 'now') AS name FROM product
-- exit 2: the function `strftime` is not allowed
