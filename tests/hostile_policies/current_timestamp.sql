SELECT key AS entity, current_timestamp AS name FROM product
-- exit 2: .
