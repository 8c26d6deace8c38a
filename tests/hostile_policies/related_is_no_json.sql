SELECT key AS entity, name, 'port:a/b' AS related FROM product WHERE name = 'product-1'
-- exit 1
