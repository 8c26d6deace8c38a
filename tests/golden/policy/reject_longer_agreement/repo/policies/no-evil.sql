/*---
id: no-evil
title: No purpose that is evil
severity: error
for: agreement
message: "`{key}` is for an evil purpose"
help: find a better one
---*/
SELECT key AS entity, key FROM agreement WHERE purpose LIKE '%evil%'
