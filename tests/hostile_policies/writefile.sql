SELECT key AS entity, writefile('/tmp/x', 'y') AS name FROM product
-- exit 2: .
