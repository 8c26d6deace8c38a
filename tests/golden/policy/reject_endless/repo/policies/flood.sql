/*---
id: flood
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
---*/
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 30000)
SELECT o.key AS entity, i FROM port o, n
