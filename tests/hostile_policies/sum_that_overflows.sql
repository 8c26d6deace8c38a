SELECT 'product:product-1' AS entity, sum(x) AS name FROM (SELECT 9223372036854775807 AS x UNION ALL SELECT 1)
-- exit 2: integer overflow
