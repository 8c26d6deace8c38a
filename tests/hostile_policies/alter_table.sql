ALTER TABLE product RENAME TO other
-- exit 2: .
