WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5)
SELECT 'product:product-1' AS entity, count(*) AS name FROM r

-- exit 1
