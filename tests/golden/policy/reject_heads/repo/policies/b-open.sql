/*---
id: open
