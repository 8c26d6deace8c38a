SELECT key AS entity, name, 'catastrophic' AS severity FROM product
-- as policy, exit 2: `severity` is `catastrophic`, and not error, warning or info
