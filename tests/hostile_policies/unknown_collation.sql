SELECT key AS entity, name FROM product ORDER BY name COLLATE turkish
-- exit 2: no such collation sequence: turkish
