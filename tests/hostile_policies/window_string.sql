SELECT a.key AS entity, length(group_concat(a.key) OVER (ORDER BY a.key, b.key)) AS name FROM product a, product b
-- exit 2: a text, or the whole, is too long: 100000 bytes are allowed
