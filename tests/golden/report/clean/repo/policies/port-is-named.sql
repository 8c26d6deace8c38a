/*---
id: port-is-named
title: Every port has a name
severity: warning
for: port
message: "{label}"
help: name it
---*/
SELECT key AS entity, label, classification, access FROM port WHERE label = ''
