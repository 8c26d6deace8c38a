WITH RECURSIVE t(j) AS (SELECT '[1' || replace(printf('%49000d', 1), ' ', ',1') || ']'), r(n, k) AS (SELECT 1, 0 UNION ALL SELECT n + 1, json_array_length(j || substr(' ', 1, n % 2)) FROM r, t)
SELECT 'product:product-1' AS entity, max(k) AS name FROM r
-- slow, exit 2: more steps|processor
