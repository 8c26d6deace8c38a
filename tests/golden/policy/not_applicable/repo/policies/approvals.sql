/*---
id: approvals
title: A rule
severity: info
for: port
message: "author {author}"
help: mend it
needs: [approvals]
---*/
SELECT 'product:orders' AS entity, author FROM run
