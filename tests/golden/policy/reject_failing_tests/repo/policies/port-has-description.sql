/*---
id: port-has-description
title: Every output port says what it offers
severity: warning
for: port
message: "port `{label}` of class {classification} has no description"
needs: [today]
max_waiver_days: 30
parameters: {exempt: [a, b], from_class: 2}
tags: [docs]
help: say in one sentence what a consumer gets
why: |
  Nobody asks for what nobody can find.
bad: |
  outputPorts: {orders: {assets: [orders]}}
good: |
  outputPorts: {orders: {assets: [orders], description: one row each}}
fix: |
  Add `description` to the port.
---*/
SELECT key AS entity, label, classification, description
FROM port
WHERE description IS NULL AND class >= :from_class AND label NOT IN (SELECT value FROM json_each(:exempt))
