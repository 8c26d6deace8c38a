SELECT NULL AS entity, 'x' AS name
-- as policy, exit 2: names no entity of this repository
