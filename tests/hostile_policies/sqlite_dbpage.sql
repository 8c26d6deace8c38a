SELECT pgno AS entity, data AS name FROM sqlite_dbpage
-- exit 2: no such table: sqlite_dbpage
