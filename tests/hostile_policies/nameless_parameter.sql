SELECT key AS entity, name FROM product WHERE class > ?
-- as policy, exit 2: a parameter without a name
