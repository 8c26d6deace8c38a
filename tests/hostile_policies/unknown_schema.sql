SELECT key AS entity, name FROM temp.product
-- exit 2: .
