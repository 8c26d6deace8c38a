SELECT key AS entity, name, '{"a": 1}' AS related FROM product WHERE name = 'product-1'
-- as policy, exit 2: no JSON array of keys
