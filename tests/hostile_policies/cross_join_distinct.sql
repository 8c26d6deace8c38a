SELECT min(x) AS entity, count(*) AS name FROM (SELECT DISTINCT a.key || b.key || c.key AS x FROM input a, input b, input c)
-- exit 2: it takes more steps than the budget
