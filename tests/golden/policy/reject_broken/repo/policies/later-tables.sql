/*---
id: later-tables
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
needs: [tables >= 99]
---*/
SELECT key AS entity FROM port
