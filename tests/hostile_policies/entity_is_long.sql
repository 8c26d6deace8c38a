SELECT replace(printf('%99990d', 1), ' ', 'a') AS entity, 'x' AS name
-- as policy, exit 2: names no entity of this repository
