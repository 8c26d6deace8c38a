DELETE FROM product
-- exit 2: .
