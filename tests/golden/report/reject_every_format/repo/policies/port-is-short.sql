/*---
id: port-is-short
title: A port has a short name
severity: info
for: port
message: "port `{label}` is long"
help: shorten it
---*/
SELECT key AS entity, label, classification, access FROM port WHERE length(name) > 4
