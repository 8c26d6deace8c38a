SELECT key AS entity, no_such_thing(name) AS name FROM product
-- exit 2: .
