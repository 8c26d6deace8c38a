WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)
SELECT p.key AS entity, p.name FROM product p JOIN r ON r.n < 0
-- exit 2: it takes more steps than the budget
