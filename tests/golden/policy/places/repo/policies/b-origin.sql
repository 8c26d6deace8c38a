/*---
id: b-origin
title: A rule
severity: warning
for: port
message: "through a join and a common table expression"
help: mend it
---*/
WITH w AS (SELECT o.access, o.key FROM port o JOIN product p ON p.key = o.product WHERE p.name = 'orders')
SELECT key AS entity, access FROM w WHERE access = 'restricted'
