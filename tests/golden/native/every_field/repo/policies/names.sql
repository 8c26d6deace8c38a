/*---
id: names
title: Products have short names
severity: error
for: product
message: "product `{name}` has a long name"
help: choose a shorter one
parameters: {pattern: "_%"}
---*/
SELECT key AS entity, name FROM product WHERE name NOT LIKE :pattern
