SELECT value AS entity, value AS name FROM generate_series(1, 1000000000)
-- exit 2: no such table: generate_series
