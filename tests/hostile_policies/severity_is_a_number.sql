SELECT key AS entity, name, 0 AS severity FROM product
-- exit 2: .
