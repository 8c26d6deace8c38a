/*---
id: d-missing
title: A rule
severity: warning
for: port
message: "no such field: the port"
help: mend it
---*/
SELECT key AS entity, '/retentionDays' AS at FROM port WHERE access = 'restricted'
