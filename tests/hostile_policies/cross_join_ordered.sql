SELECT a.key AS entity, a.name FROM product a, input b, input c ORDER BY b.key || c.key || a.key
-- exit 2: it takes more steps than the budget
