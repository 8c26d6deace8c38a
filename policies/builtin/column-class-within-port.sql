/*---
id: column-class-within-port
title: No column is of a higher class than the port that offers it
severity: error
for: column
message: "column `{name}` is {class}, and port `{port}` that offers it is {port_class}"
help: raise the port's `classification`, or take the column out of it
values: [class, port_class]
max_waiver_days: 90
tags: [classification]
why: |
  Who reads a port reads all of its columns. Its class is what consumers, policies and approvals go by; a column above it is
  given away at the lower class. Where the port is unrestricted nobody is even asked, so there it is an error; else it is a
  warning: somebody agrees to each consumer, and should know to what.
bad: |
  outputPorts:
    customers:
      assets: [customers]
      access: unrestricted
      classification: internal
      columns: {email: {classification: confidential}, country: {}}
good: |
  outputPorts:
    customers:
      assets: [customers]
      access: restricted
      classification: confidential
      columns: {email: {classification: confidential}, country: {}}
fix: |
  Give the port the highest class of its columns. Offer what is less as a port of its own, made without the column.
---*/
SELECT c.key AS entity, '/classification' AS at, c.name, c.classification AS class, o.label AS port,
       coalesce(o.classification, 'of no class') AS port_class,
       CASE WHEN o.access = 'unrestricted' THEN 'error' ELSE 'warning' END AS severity,
       json_array(o.key) AS related
FROM column c
JOIN port o ON o.key = c.port
WHERE c.class > o.class AND o.status <> 'retired'
