CREATE TABLE x(a)
-- exit 2: only one `SELECT` is allowed
