WITH t(j) AS (SELECT replace(printf('%1900d', 1), ' ', '[') || replace(printf('%1900d', 1), ' ', ']'))
SELECT 'product:product-1' AS entity, count(*) AS name FROM t, json_tree(j) a, json_tree(j) b
-- exit 2: malformed JSON
