SELECT name AS entity, data AS name FROM fsdir('/etc')
-- exit 2: no such table: fsdir
