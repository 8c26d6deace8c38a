/*---
id: no-errors
title: A rule
severity: warning
for: product
message: "dpc says {code}"
help: mend it
---*/
SELECT entity, code, severity FROM finding WHERE entity IS NOT NULL
