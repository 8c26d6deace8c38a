SELECT key AS entity, '/' || replace(printf('%99990d', 1), ' ', 'a') AS at, name FROM product LIMIT 20
-- exit 1
