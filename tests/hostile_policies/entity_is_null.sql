SELECT NULL AS entity, 'x' AS name
-- exit 2: .
