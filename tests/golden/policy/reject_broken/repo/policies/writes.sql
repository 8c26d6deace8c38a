/*---
id: writes
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
---*/
DELETE FROM port
