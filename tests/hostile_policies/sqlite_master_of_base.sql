SELECT name AS entity, sql AS name FROM base.sqlite_master
-- exit 2: the table `sqlite_master` is not for policies
