SELECT key AS entity, current_date AS name FROM product
-- exit 2: the function `current_date` is not allowed
