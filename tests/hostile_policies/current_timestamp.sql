SELECT key AS entity, current_timestamp AS name FROM product
-- exit 2: the function `current_timestamp` is not allowed
