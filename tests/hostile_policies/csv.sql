SELECT * FROM csv('/etc/passwd')
-- exit 2: .
