/*---
id: scan
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
why: x
fix: |
  y
---*/
SELECT o.key AS entity FROM port o JOIN port p ON p.description = o.description AND p.key <> o.key
