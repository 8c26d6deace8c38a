SELECT key AS entity, format('%.999999999f', 1.5) AS name FROM product
-- exit 1
