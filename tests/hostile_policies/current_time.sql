SELECT key AS entity, current_time AS name FROM product
-- exit 2: the function `current_time` is not allowed
