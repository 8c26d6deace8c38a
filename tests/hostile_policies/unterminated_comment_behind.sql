SELECT key AS entity, name FROM product WHERE 0 /* and so on
-- exit 0
