ATTACH '/tmp/stolen.db' AS stolen
-- exit 2: .
