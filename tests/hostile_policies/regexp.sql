SELECT key AS entity, name FROM product WHERE name REGEXP '(a+)+b'
-- exit 2: no such function: REGEXP
