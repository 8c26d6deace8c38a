SELECT 42 AS entity, 'x' AS name
-- exit 2: .
