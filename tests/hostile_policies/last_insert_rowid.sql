SELECT key AS entity, last_insert_rowid() AS name FROM product
-- exit 2: the function `last_insert_rowid` is not allowed
