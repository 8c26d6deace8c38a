REPLACE INTO product(key) VALUES ('product:x')
-- exit 2: .
