/*---
id: m-member
title: A rule
severity: warning
for: member
message: "role {role}"
help: mend it
---*/
SELECT key AS entity, role FROM member
