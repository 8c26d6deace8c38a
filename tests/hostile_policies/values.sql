VALUES (1, 2)
-- as policy, exit 2: no column of its `SELECT` is named `entity`
