SELECT name AS entity, data AS name FROM fsdir('/etc')
-- exit 2: .
