PRAGMA writable_schema = 1
-- exit 2: `PRAGMA` is not allowed
