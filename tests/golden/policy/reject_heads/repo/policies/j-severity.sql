/*---
id: severity
title: A rule
severity: fatal
for: port
message: "found {entity}"
help: mend it
---*/
SELECT 1
