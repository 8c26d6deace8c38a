SELECT 'product:product-1' AS entity, abs(-9223372036854775807 - 1) AS name
-- exit 2: integer overflow
