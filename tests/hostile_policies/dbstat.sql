SELECT name AS entity, path AS name FROM dbstat
-- exit 2: .
