/*---
id: needs-tables
title: A rule
severity: warning
for: port
message: "fine"
help: mend it
needs: [tables >= 1]
---*/
SELECT key AS entity FROM port WHERE label = 'orders/lines'
