WITH RECURSIVE t(a, b) AS (SELECT replace(printf('%99990d', 1), ' ', 'a'), replace(printf('%90000d', 1), ' ', 'bc') ), r(n, k) AS (SELECT 1, 0 UNION ALL SELECT n + 1, length(trim(a, substr(a, n))) FROM r, t)
SELECT 'product:product-1' AS entity, max(k) AS name FROM r
-- exit 2: .
