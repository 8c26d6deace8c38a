SELECT key AS entity, name FROM dpc_table
-- exit 2: dpc_table
