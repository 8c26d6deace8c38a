SELECT key AS entity, name, 'ERROR' AS severity FROM product
-- exit 2: .
