SELECT key AS entity, current_time AS name FROM product
-- exit 2: .
