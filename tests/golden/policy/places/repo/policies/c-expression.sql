/*---
id: c-expression
title: A rule
severity: warning
for: port
message: "an expression comes from no column: the name of the port"
help: mend it
---*/
SELECT key AS entity, upper(access) AS access FROM port WHERE access = 'restricted'
