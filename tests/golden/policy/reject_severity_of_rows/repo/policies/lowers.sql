/*---
id: lowers
title: A rule
severity: error
for: port
message: "found {entity}"
help: mend it
---*/
SELECT key AS entity, CASE name WHEN 'orders' THEN 'warning' WHEN 'lines' THEN 'info' END AS severity FROM port
