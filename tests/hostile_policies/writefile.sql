SELECT key AS entity, writefile('/tmp/x', 'y') AS name FROM product
-- exit 2: no such function: writefile
