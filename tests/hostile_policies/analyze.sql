ANALYZE
-- exit 2: .
