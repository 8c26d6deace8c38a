WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r LIMIT 10000000)
SELECT 'product:product-1' AS entity, count(DISTINCT replace(printf('%99990d', 1), ' ', 'a') || n) AS name FROM r
-- exit 2: it needs more memory than the 1024 MiB that are allowed
