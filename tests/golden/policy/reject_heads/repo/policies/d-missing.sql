/*---
id: missing
for: port
---*/
SELECT 1
