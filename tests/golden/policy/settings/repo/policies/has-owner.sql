/*---
id: has-owner
title: A rule
severity: warning
for: product
message: "owner `{owner}`"
help: mend it
---*/
SELECT key AS entity, owner FROM product WHERE owner IS NOT NULL
