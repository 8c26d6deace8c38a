;;;
-- exit 2: there is no `SELECT`
