EXPLAIN SELECT key AS entity, name FROM product
-- exit 2: .
