/*---
id: column-within-class
title: No column is of a higher class than its port
severity: error
for: port
message: "column `{column}` is {column_class}, but its port `{port}` is {port_class}{open}"
help: raise the class of the port, or offer the column by a port of its own
values: [column, column_class, port_class]
max_waiver_days: 90
tags: [classification]
why: |
  Who reads a port reads all of its columns. What a port asks of its readers, its consent and the policies that judge them go
  by the port's class: a column that is confidential in a port that is internal is read like any internal data. A port
  without a class is below every class. Retired products are left out: they offer nothing.
bad: |
  outputPorts:
    customers:
      assets: [customers]
      classification: internal
      columns: {email: {classification: confidential}, country: {}}
good: |
  outputPorts:
    customers:
      assets: [customers]
      classification: confidential
      columns: {email: {classification: confidential}, country: {}}
fix: |
  Raise the port's `classification` to that of its highest column, and make it restricted if it is not. Or take the column out
  of what the port offers, into an asset and a port of its own.
---*/
SELECT o.key AS entity, '/columns/' || replace(replace(c.name, '~', '~0'), '/', '~1') || '/classification' AS at,
       c.name AS column, c.classification AS column_class, o.label AS port,
       coalesce(o.classification, 'of no class') AS port_class,
       CASE WHEN o.access = 'unrestricted' THEN ', and open to every product' ELSE '' END AS open
FROM column c
CROSS JOIN port o ON o.key = c.port
WHERE c.class > o.class AND o.status <> 'retired'
