/*---
id: port-is-public
title: No port is public
severity: error
for: port
message: "port `{label}` is public"
help: raise its class
---*/
SELECT key AS entity, label, classification, access FROM port WHERE classification = 'public'
