SELECT key AS entity, name FROM product WHERE class > ?7
-- exit 2: .
