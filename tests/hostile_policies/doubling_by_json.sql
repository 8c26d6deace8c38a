WITH RECURSIVE r(t) AS (SELECT '[]' UNION ALL SELECT json_array(json(t), json(t)) FROM r)
SELECT 'product:product-1' AS entity, max(length(t)) AS name FROM r
-- exit 2: a text, or the whole, is too long: 100000 bytes are allowed
