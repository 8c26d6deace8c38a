/*---
id: clock
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
---*/
SELECT key AS entity FROM port WHERE date('now') > '2026-01-01'
