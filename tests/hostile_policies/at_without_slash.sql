SELECT key AS entity, 'access' AS at, name FROM product
-- exit 2: .
