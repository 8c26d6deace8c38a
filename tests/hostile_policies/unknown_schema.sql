SELECT key AS entity, name FROM temp.product
-- exit 2: no such table: temp\.product
