WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 15000)
SELECT 'product:product-1' AS entity, '/' || replace(printf('%97000d', n), ' ', 'a') AS at, 'x' AS name FROM c
-- exit 2: more than 256 MiB
