/*---
id: port-has-description
title: Every output port says what it offers
severity: warning
for: port
message: "port `{label}` has no description"
help: say in one sentence what a consumer gets
parameters: {from_class: 2}
why: |
  Consumers choose by the description. What nobody can find is built a second time.
fix: |
  Add `description` to the port.
---*/
SELECT key AS entity, label
FROM port
WHERE class >= :from_class AND status <> 'retired' AND description IS NULL
