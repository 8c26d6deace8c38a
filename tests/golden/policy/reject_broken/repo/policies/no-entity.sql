/*---
id: no-entity
title: A rule
severity: warning
for: port
message: "x"
help: mend it
---*/
SELECT key FROM port
