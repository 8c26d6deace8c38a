INSERT INTO product(key, name) VALUES ('product:x', 'x') RETURNING key AS entity, name
-- exit 2: only one `SELECT` is allowed
