PRAGMA table_info(product)
-- exit 2: `PRAGMA` is not allowed
