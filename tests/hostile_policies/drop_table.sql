DROP TABLE product
-- exit 2: only one `SELECT` is allowed
