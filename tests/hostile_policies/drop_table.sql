DROP TABLE product
-- exit 2: .
