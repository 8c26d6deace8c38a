WITH t(a) AS MATERIALIZED (SELECT replace(printf('%99990d', 1), ' ', 'a'))
SELECT p.key AS entity, instr(a, substr(a, 50000) || p.name) AS name FROM product p, t, port o, input i WHERE instr(a, substr(a, 50000) || i.key) > 0
-- slow, exit 2: more steps|processor
