SELECT key AS entity, nam AS name FROM product
-- exit 2: .
