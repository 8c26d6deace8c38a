WITH x AS (SELECT 1) DELETE FROM product
-- exit 2: table product may not be modified
