BEGIN
-- exit 2: .
