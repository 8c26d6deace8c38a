/*---
id: message-brace
title: A rule
severity: warning
for: port
message: "a {brace"
help: mend it
---*/
SELECT key AS entity FROM port
