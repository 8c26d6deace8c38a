SELECT key AS entity, name FROM products
-- exit 2: .
