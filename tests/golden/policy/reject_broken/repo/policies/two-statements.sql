/*---
id: two-statements
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
---*/
SELECT key AS entity FROM port;
SELECT key AS entity FROM product
