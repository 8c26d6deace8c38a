WITH RECURSIVE r(n, t) AS (SELECT 1, '' UNION ALL SELECT n + 1, replace(printf('%99990d', 1), ' ', 'a') || n FROM r)
SELECT 'product:product-1' AS entity, max(length(t)) AS name FROM r
-- exit 2: a text, or the whole, is too long: 100000 bytes are allowed
