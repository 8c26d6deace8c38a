SELECT key AS entity, name FROM product WHERE class > :limit
-- exit 2: the parameter `:limit`
