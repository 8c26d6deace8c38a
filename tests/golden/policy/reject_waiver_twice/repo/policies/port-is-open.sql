/*---
id: port-is-open
title: A rule
severity: error
for: port
message: "is open"
help: mend it
---*/
SELECT key AS entity, access FROM port WHERE access = 'unrestricted'
