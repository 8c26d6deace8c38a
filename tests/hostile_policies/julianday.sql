SELECT key AS entity, julianday() AS name FROM product
-- exit 2: .
