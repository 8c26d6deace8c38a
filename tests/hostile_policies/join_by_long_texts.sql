SELECT p.key AS entity, p.name FROM product p JOIN product q ON q.key = p.key || replace(printf('%99990d', 1), ' ', 'a') JOIN input i ON i.key = q.key || replace(printf('%99990d', 1), ' ', 'a')
-- exit 2: a text, or the whole, is too long: 100000 bytes are allowed
