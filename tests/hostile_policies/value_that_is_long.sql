SELECT key AS entity, replace(printf('%99990d', 1), ' ', 'a') AS name FROM product WHERE name = 'product-1'
-- exit 1
