/*---
id: h-domain
title: A rule
severity: warning
for: domain
message: "owner {owner}"
help: mend it
---*/
SELECT key AS entity, owner FROM domain
