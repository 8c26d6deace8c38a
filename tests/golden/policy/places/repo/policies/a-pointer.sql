/*---
id: a-pointer
title: A rule
severity: warning
for: agreement
message: "the second approver"
help: mend it
---*/
SELECT key AS entity, '/approvedBy/1' AS at FROM agreement
