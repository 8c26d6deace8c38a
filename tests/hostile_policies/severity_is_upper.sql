SELECT key AS entity, name, 'ERROR' AS severity FROM product
-- as policy, exit 2: `severity` is `ERROR`, and not error, warning or info
