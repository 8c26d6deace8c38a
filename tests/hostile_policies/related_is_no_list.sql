SELECT key AS entity, name, '{"a": 1}' AS related FROM product WHERE name = 'product-1'
-- exit 1
