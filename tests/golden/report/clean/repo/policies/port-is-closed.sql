/*---
id: port-is-closed
title: No port is open to everybody
severity: error
for: port
message: "port `{label}` is {access}"
help: restrict it
waivable: false
---*/
SELECT key AS entity, label, classification, access FROM port WHERE access = 'unrestricted'
