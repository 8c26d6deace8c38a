UPDATE product SET name = 'x'
-- exit 2: table product may not be modified
