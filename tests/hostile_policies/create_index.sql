CREATE INDEX x ON product(name)
-- exit 2: virtual tables may not be indexed
