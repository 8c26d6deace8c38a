/*---
id: e-missing-deep
title: A rule
severity: warning
for: product
message: "nothing below: as deep as it goes"
help: mend it
---*/
SELECT key AS entity, '/outputPorts/orders/columns/email/type' AS at FROM product WHERE name = 'orders'
