SELECT * FROM csv('/etc/passwd')
-- exit 2: no such table: csv
