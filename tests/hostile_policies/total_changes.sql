SELECT key AS entity, total_changes() AS name FROM product
-- exit 2: the function `total_changes` is not allowed
