SELECT key AS entity, name FROM dpc_table('x')
-- exit 2: dpc_table
