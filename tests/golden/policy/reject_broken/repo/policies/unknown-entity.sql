/*---
id: unknown-entity
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
---*/
SELECT label AS entity FROM port
