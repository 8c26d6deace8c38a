/*---
id: pointer
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
---*/
SELECT key AS entity, 'access' AS at FROM port
