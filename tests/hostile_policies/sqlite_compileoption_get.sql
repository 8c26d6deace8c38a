SELECT key AS entity, sqlite_compileoption_get(1) AS name FROM product
-- exit 2: the function `sqlite_compileoption_get` is not allowed
