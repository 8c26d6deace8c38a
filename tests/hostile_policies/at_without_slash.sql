SELECT key AS entity, 'access' AS at, name FROM product
-- as policy, exit 2: `at` is `access`, and a JSON pointer begins with `/`
