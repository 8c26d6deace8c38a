/*---
id: attach
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
---*/
ATTACH '/etc/passwd' AS x
