SELECT key AS entity, name FROM products
-- exit 2: no such table: products
