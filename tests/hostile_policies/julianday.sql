SELECT key AS entity, julianday() AS name FROM product
-- exit 2: the function `julianday` is not allowed
