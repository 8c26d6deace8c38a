PRAGMA writable_schema = 1
-- exit 2: .
