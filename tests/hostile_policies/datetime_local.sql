SELECT key AS entity, datetime('now', 'localtime') AS name FROM product
-- exit 2: the function `datetime` is not allowed
