/*---
id: values-column
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
values: [label]
---*/
SELECT key AS entity FROM port
