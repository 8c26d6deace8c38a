REINDEX
-- exit 2: .
