/*---
id: needs
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
needs: [tables, tables >= x, clock]
---*/
SELECT 1
