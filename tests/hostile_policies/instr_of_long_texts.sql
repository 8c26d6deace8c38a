WITH RECURSIVE t(a) AS (SELECT replace(printf('%99990d', 1), ' ', 'a')), r(n, k) AS (SELECT 1, 0 UNION ALL SELECT n + 1, instr(a, substr(a, 50000) || n) FROM r, t)
SELECT 'product:product-1' AS entity, max(k) AS name FROM r
-- slow, exit 2: more steps|processor
