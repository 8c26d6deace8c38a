SELECT 42 AS entity, 'x' AS name
-- exit 2: names no entity of this repository
