CREATE TABLE x(a)
-- exit 2: .
