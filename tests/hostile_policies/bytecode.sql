SELECT p1 AS entity, opcode AS name FROM bytecode('SELECT 1')
-- exit 2: .
