/*---
id: parameters
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
parameters: {half: 1.5, map: {a: 1}, mixed: [1, a]}
---*/
SELECT 1
