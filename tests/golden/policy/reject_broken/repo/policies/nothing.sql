/*---
id: nothing
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
---*/
-- nothing yet
