/*---
id: fine
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
why: |
  x
fix: |
  y
---*/
SELECT o.key AS entity FROM input i JOIN port o ON o.key = i.port
