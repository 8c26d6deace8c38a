WITH RECURSIVE r(x, n) AS (SELECT via, 0 FROM access UNION SELECT a.via, n + 1 FROM r JOIN access a WHERE n < 1000000)
SELECT x AS entity, n AS name FROM r
-- exit 2: it takes more steps than the budget
