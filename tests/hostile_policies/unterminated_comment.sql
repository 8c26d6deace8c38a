/* SELECT key AS entity, name FROM product
-- exit 2: there is no `SELECT`
