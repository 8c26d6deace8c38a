ATTACH '/tmp/stolen.db' AS stolen
-- exit 2: databases cannot be attached or detached
