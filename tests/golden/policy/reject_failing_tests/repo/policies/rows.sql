/*---
id: rows
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
---*/
SELECT key AS entity, CASE name WHEN 'a' THEN 'info' END AS severity FROM product
