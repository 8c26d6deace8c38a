SELECT a.key AS entity, row_number() OVER (ORDER BY c.key, b.key) AS name FROM product a, input b, input c
-- exit 2: it takes more steps than the budget
