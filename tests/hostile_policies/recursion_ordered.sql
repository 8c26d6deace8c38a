WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r ORDER BY 1 DESC)
SELECT 'product:product-1' AS entity, max(n) AS name FROM r
-- exit 2: it takes more steps than the budget
