/*---
id: mine
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
---*/
SELECT key AS entity FROM port
