WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 1000000)
SELECT 'product:product-1' AS entity, n AS name FROM r
-- as policy, exit 2: findings
