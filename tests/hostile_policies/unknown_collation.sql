SELECT key AS entity, name FROM product ORDER BY name COLLATE turkish
-- exit 2: .
