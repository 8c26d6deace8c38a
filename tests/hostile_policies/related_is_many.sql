SELECT key AS entity, name, (SELECT json_group_array(k) FROM (SELECT 'product:product-1' AS k FROM product a, product b LIMIT 4000)) AS related FROM product WHERE name = 'product-1'
-- exit 1
