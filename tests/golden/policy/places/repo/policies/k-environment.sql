/*---
id: k-environment
title: A rule
severity: warning
for: environment
message: "region {region}"
help: mend it
---*/
SELECT key AS entity, region FROM environment
