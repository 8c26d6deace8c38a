WITH RECURSIVE r(port, n) AS (SELECT key, 0 FROM port UNION ALL SELECT l.descendant, r.n + 1 FROM r JOIN lineage l ON l.ancestor = r.port)
SELECT port AS entity, n AS name FROM r WHERE n < 0
-- exit 2: it takes more steps than the budget
