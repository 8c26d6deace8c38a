VALUES (1, 2)
-- exit 2: .
