/*---
id: a
--- 
id: b
---*/
SELECT 1
