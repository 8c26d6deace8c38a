SELECT key AS entity, name, 0 AS severity FROM product
-- as policy, exit 2: `severity` is `0`, and not error, warning or info
