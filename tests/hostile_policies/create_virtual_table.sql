CREATE VIRTUAL TABLE x USING dpc_lineage
-- exit 2: .
