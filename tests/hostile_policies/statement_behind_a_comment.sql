SELECT key AS entity, name FROM product WHERE 0; -- harmless
/* so far */ DELETE FROM product
-- exit 2: only one `SELECT` is allowed
