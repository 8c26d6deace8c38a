SELECT key AS entity, name FROM product WHERE class > ?
-- exit 2: .
