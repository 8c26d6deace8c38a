/*---
id: Not_an_id
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
---*/
SELECT 1
