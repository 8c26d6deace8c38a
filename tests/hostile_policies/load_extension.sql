SELECT key AS entity, load_extension('/tmp/x.so') AS name FROM product
-- exit 2: the function `load_extension` is not allowed
