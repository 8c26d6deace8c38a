SELECT ancestor AS entity, hops AS name FROM dpc_lineage
-- exit 2: only one|dpc_lineage
