SELECT min(a.ancestor) AS entity, count(*) AS name FROM lineage a, lineage b
-- exit 1
