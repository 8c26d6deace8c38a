PRAGMA table_info(product)
-- exit 2: .
