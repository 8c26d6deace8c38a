UPDATE product SET name = 'x'
-- exit 2: .
