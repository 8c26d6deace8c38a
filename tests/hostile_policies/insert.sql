INSERT INTO product(key) VALUES ('product:x')
-- exit 2: only one `SELECT` is allowed
