WITH RECURSIVE t(a, b) AS (SELECT replace(printf('%99990d', 1), ' ', 'a'), replace(printf('%99980d', 1), ' ', 'b') || 'a'), r(n, k) AS (SELECT 1, 0 UNION ALL SELECT n + 1, length(trim(a, b)) FROM r, t)
SELECT 'product:product-1' AS entity, max(k) AS name FROM r
-- slow, exit 2: more steps|processor
