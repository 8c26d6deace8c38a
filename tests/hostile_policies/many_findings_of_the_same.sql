WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 20000)
SELECT 'product:product-1' AS entity, 'x' AS name FROM r
-- exit 2: .
