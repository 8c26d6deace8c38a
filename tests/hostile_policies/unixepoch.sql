SELECT key AS entity, unixepoch() AS name FROM product
-- exit 2: .
