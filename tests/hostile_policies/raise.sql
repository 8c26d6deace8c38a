SELECT key AS entity, raise(ABORT, 'x') AS name FROM product
-- exit 2: RAISE\(\) may only be used within a trigger-program
