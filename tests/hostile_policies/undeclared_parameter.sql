SELECT key AS entity, name FROM product WHERE class > :limit
-- exit 2: it uses the parameter `:limit`, which it does not declare
