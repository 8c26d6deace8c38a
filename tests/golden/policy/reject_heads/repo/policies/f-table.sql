/*---
id: table
title: A rule
severity: warning
for: run
message: "found {entity}"
help: mend it
---*/
SELECT 1
