SELECT key AS entity, name, replace(printf('%45000d', 1), ' ', '[') || replace(printf('%45000d', 1), ' ', ']') AS related FROM product WHERE name = 'product-1'
-- as policy, exit 2: no JSON array of keys
