SELECT key AS entity, char(27) || '[31m' || char(10) || 'dpc.yaml:1:1: error: forged' || char(0) || char(8238) AS name FROM product WHERE name = 'product-1'
-- exit 1
