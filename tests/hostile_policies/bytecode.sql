SELECT p1 AS entity, opcode AS name FROM bytecode('SELECT 1')
-- exit 2: no such table: bytecode
