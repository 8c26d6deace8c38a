/*---
id: [open
---*/
SELECT 1
