SAVEPOINT x
-- exit 2: .
