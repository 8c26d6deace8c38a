/*---
id: port-has-description
title: Every output port says what it offers
severity: warning
for: port
message: "port `{label}` of class {classification} has no description"
help: say in one sentence what a consumer gets
max_waiver_days: 30
---*/
SELECT key AS entity, label, classification, access FROM port WHERE description IS NULL
