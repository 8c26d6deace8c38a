SELECT key AS entity, name, 'catastrophic' AS severity FROM product
-- exit 2: .
