/*---
id: i-outside
title: A rule
severity: warning
for: product
message: "escaped tokens"
help: mend it
---*/
SELECT key AS entity, '/nothing~1here/~0' AS at FROM product WHERE name = 'revenue'
