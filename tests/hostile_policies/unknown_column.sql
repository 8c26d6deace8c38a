SELECT key AS entity, nam AS name FROM product
-- exit 2: no such column: nam
