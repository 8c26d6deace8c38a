/*---
id: odd
title: A rule
severity: error
for: port
message: "found {entity}"
help: mend it
---*/
SELECT key AS entity, 'fatal' || char(10) || '::error::x' AS severity FROM port
