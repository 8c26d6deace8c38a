WITH t(a) AS (SELECT replace(printf('%99990d', 1), ' ', 'a'))
SELECT p.key AS entity, p.name FROM product p, t WHERE a LIKE '%' || a || 'b'
-- exit 2: at most 1000 bytes
