VACUUM INTO '/tmp/stolen.db'
-- exit 2: only one `SELECT` is allowed
