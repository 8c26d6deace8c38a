WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n + 1 FROM r)
SELECT 'product:product-1' AS entity, count(n) AS name FROM r
-- exit 2: more steps than the budget
