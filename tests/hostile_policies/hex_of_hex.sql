SELECT 'product:product-1' AS entity, hex(hex(replace(printf('%99990d', 1), ' ', 'a'))) AS name
-- exit 2: a text, or the whole, is too long: 100000 bytes are allowed
