SELECT key AS entity, sqlite_version() AS name FROM product
-- exit 2: the function `sqlite_version` is not allowed
