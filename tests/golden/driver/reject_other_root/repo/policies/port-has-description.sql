/*---
id: port-has-description
title: Every output port says what it offers
severity: warning
for: port
message: "port `{label}` of class {classification} has no description"
help: say in one sentence what a consumer gets
---*/
SELECT key AS entity, label, classification, description
FROM port
WHERE description IS NULL
