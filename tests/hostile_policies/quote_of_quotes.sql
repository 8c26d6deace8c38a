SELECT 'product:product-1' AS entity, quote(quote(replace(printf('%99990d', 1), ' ', ''''))) AS name
-- exit 2: a text, or the whole, is too long: 100000 bytes are allowed
