/*---
id: mine
title: A rule
severity: info
for: product
message: "found {entity}"
help: mend it
---*/
SELECT key AS entity FROM product
