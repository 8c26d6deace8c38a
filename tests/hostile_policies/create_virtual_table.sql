CREATE VIRTUAL TABLE x USING dpc_lineage
-- exit 2: only one `SELECT` is allowed
