SELECT key AS entity, no_such_thing(name) AS name FROM product
-- exit 2: no such function: no_such_thing
