/*---
id: reads-nothing
title: A rule
severity: warning
for: input
message: "`{reference}` is nowhere"
help: mend it
---*/
SELECT i.key AS entity, reference FROM input i WHERE port IS NULL
