WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r LIMIT 10000000)
SELECT 'product:product-1' AS entity, replace(printf('%99990d', 1), ' ', 'a') || n AS name FROM r ORDER BY 2
-- exit 2: a text, or the whole, is too long: 100000 bytes are allowed
