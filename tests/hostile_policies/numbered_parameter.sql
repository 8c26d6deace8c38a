SELECT key AS entity, name FROM product WHERE class > ?7
-- as policy, exit 2: it uses the parameter `:`, which it does not declare
