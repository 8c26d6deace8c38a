CREATE TEMP TRIGGER x BEFORE INSERT ON product BEGIN SELECT 1; END
-- exit 2: cannot create triggers on virtual tables
