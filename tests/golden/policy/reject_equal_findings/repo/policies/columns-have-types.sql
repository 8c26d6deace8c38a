/*---
id: columns-have-types
title: Every column has a type
severity: error
for: port
message: "port `{label}` has a column without a type: {name}"
help: say of which type it is
---*/
SELECT o.key AS entity, '/columns' AS at, o.label, c.name
FROM port o JOIN column c ON c.port = o.key
WHERE c.type IS NULL
