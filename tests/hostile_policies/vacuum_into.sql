VACUUM INTO '/tmp/stolen.db'
-- exit 2: .
