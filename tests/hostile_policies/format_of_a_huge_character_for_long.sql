WITH RECURSIVE r(n, k) AS (SELECT 1, 0 UNION ALL SELECT n + 1, length(format('%.*c', 999999999 - n % 2, 'a')) FROM r)
SELECT 'product:product-1' AS entity, max(k) AS name FROM r
-- slow, exit 2: more steps|processor
