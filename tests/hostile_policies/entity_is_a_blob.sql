SELECT x'fffe00' AS entity, 'x' AS name
-- exit 2: names no entity of this repository
