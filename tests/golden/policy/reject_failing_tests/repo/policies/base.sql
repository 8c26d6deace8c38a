/*---
id: base
title: A rule
severity: warning
for: port
message: "{column_name}: {before}, {after}"
help: mend it
needs: [base]
---*/
SELECT 'product:a' AS entity, column_name, before, after FROM change WHERE what = 'changed'
