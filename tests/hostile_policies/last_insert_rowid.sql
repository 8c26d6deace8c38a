SELECT key AS entity, last_insert_rowid() AS name FROM product
-- exit 2: .
