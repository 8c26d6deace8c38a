SELECT min(a.key) AS entity, count(*) AS name FROM product a, product b, product c, port d, input e
-- exit 2: it takes more steps than the budget
