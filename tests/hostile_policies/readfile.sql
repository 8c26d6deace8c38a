SELECT key AS entity, readfile('/etc/passwd') AS name FROM product
-- exit 2: no such function: readfile
