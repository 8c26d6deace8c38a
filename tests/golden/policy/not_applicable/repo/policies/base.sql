/*---
id: base
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
needs: [base]
---*/
SELECT entity FROM change
