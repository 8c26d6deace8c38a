SELECT key AS entity, raise(ABORT, 'x') AS name FROM product
-- exit 2: .
