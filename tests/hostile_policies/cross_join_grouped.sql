SELECT a.key AS entity, count(*) AS name FROM product a, input b, input c GROUP BY a.key, b.key, c.key
-- exit 2: it takes more steps than the budget
