SELECT min(l.descendant) AS entity, count(*) AS name FROM port a JOIN port b JOIN lineage l ON l.ancestor = a.key AND l.descendant = b.key JOIN lineage m ON m.ancestor = b.key
-- exit 1
