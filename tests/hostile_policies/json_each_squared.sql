WITH t(j) AS (SELECT '[1' || replace(printf('%40000d', 1), ' ', ',1') || ']')
SELECT 'product:product-1' AS entity, count(*) AS name FROM t, json_each(j) a, json_each(j) b
-- exit 2: it takes more steps than the budget
