/*---
id: message-column
title: A rule
severity: warning
for: port
message: "{label}"
help: mend it
---*/
SELECT key AS entity FROM port
