SELECT key AS entity, (SELECT sum(x) FROM (SELECT sum(a.class) OVER (ORDER BY b.key ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS x FROM port a, port b)) AS name FROM product
-- exit 2: it takes more steps than the budget
