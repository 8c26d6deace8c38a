WITH RECURSIVE r(t) AS (SELECT 'a' UNION ALL SELECT replace(t, 'a', 'aaaaaaaaaa') FROM r)
SELECT 'product:product-1' AS entity, max(length(t)) AS name FROM r
-- exit 2: a text, or the whole, is too long: 100000 bytes are allowed
