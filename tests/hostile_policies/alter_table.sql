ALTER TABLE product RENAME TO other
-- exit 2: only one `SELECT` is allowed
