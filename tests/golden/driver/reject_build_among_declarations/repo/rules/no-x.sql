/*---
id: no-x
title: No x
severity: error
for: product
message: x
help: x
why: x
fix: x
---*/
SELECT key AS entity FROM product WHERE name = 'x'
