/*---
id: endless
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
---*/
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
SELECT 'port:orders/lines' AS entity, max(i) AS i FROM n
