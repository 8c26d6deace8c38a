SELECT 'product:product-1' AS entity, json_group_array(a.key || b.key) AS name FROM product a, product b, product c
-- exit 2: a text, or the whole, is too long: 100000 bytes are allowed
