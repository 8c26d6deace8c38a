SELECT key AS entity, name, '[1, null, "ghost", ["x"]]' AS related FROM product WHERE name = 'product-1'
-- exit 1
