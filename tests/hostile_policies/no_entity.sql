SELECT key, name FROM product
-- as policy, exit 2: no column of its `SELECT` is named `entity`
