SELECT name AS entity, sql AS name FROM sqlite_temp_master
-- exit 2: the table `sqlite_temp_master` is not for policies
