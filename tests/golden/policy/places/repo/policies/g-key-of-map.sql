/*---
id: g-key-of-map
title: A rule
severity: warning
for: team
message: "a key of a map"
help: mend it
---*/
SELECT key AS entity, '/members/john@acme.example' AS at FROM team
