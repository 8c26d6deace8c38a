CREATE INDEX x ON product(name)
-- exit 2: .
