WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)
SELECT p.key AS entity, p.name FROM r JOIN lineage l ON l.ancestor = 'port:' || r.n JOIN product p ON p.key = l.descendant
-- exit 2: it takes more steps than the budget
