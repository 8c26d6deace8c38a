WITH RECURSIVE r(n, x) AS (SELECT 1, 2.0 UNION ALL SELECT n + 1, pow(x, 1.0000001) FROM r)
SELECT 'product:product-1' AS entity, max(x) AS name FROM r
-- exit 2: it takes more steps than the budget
