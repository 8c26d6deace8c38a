/*---
id: broken
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
---*/
SELECT o.ky AS entity FROM port o
