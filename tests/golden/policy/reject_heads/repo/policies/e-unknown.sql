/*---
id: unknown
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
sevrity: error
---*/
SELECT 1
