/*---
id: port-is-new
title: A new port is small
severity: info
for: port
message: "port `{label}` is new"
help: wait
needs: [base]
---*/
SELECT key AS entity, label, classification, access FROM port WHERE access = 'nobody'
