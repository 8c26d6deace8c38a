/*---
id: raises
title: A rule
severity: warning
for: port
message: "still a warning"
help: mend it
---*/
SELECT key AS entity, 'error' AS severity FROM port
