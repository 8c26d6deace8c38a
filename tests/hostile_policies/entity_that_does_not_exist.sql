SELECT 'product:ghost' AS entity, 'x' AS name
-- exit 2: .
