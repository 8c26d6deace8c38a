SELECT name AS entity, path AS name FROM dbstat
-- exit 2: only one `SELECT` is allowed
