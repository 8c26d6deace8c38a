SELECT key AS entity, name FROM product WHERE class > ?7
-- as policy, exit 2: a parameter without a name
