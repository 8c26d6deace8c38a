SELECT key, name FROM product
-- exit 2: .
