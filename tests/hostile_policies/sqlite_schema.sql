SELECT name AS entity, sql AS name FROM sqlite_schema
-- exit 2: the table `sqlite_master` is not for policies
