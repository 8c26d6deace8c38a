SELECT p.key AS entity, max(x) AS name FROM product p, (SELECT replace(printf('%99990d', 1), ' ', 'a') || a.key || b.key AS x FROM product a, product b) GROUP BY p.key, x
-- exit 2: a text, or the whole, is too long: 100000 bytes are allowed
