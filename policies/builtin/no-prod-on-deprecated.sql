/*---
id: no-prod-on-deprecated
title: No production data product depends on a deprecated or retired port, directly or through others
severity: error
for: input
message: "production data product `{product}` depends on {status} port `{port}`{until}{instead}"
help: read the successor of the port, or ask the product in between to do so
needs: [today]
max_waiver_days: 90
values: [port]
tags: [lifecycle, lineage]
why: |
  A port that goes takes everything with it that is made from it, at any depth, and those far away hear of it last. Judged is
  each active data product that is in an environment of production. The finding stands at the input port by which the
  shortest way to the old port begins, once for each old port.

  Until the sunset, and while none is set, it is a warning; from the day after the sunset on, and for a port whose product is
  retired, it is an error. The sunset is the last day on which the port is offered.
bad: |
  # customers/flat is deprecated: {sunset: 2026-03-31, successor: customers/profiles}; today is 2026-06-01
  kind: DataProduct
  name: newsletter
  inputPorts: [{port: customers/flat, purpose: send the newsletter}]
good: |
  kind: DataProduct
  name: newsletter
  inputPorts: [{port: customers/profiles, purpose: send the newsletter}]
fix: |
  Read the successor that the message names. If the old port is further up, the related place shows it: ask the owner of the
  product in between.
---*/
WITH hit AS (
  SELECT i.key AS input, p.name AS product, o.key AS port,
         row_number() OVER (PARTITION BY p.key, o.key ORDER BY l.hops, i.key) AS place
  FROM port o
  CROSS JOIN lineage l ON l.ancestor = o.key      -- in this order: few ports are deprecated
  CROSS JOIN input i ON i.port = l.descendant
  CROSS JOIN product p ON p.key = i.product
  WHERE o.status IN ('deprecated', 'retired') AND p.status = 'active' AND p.production = 1)
SELECT h.input AS entity, '/port' AS at, h.product, o.status, o.label AS port,
       CASE WHEN o.sunset IS NULL THEN ''
            WHEN o.sunset < r.today THEN ', which was to be gone after ' || o.sunset
            ELSE ', which will be gone after ' || o.sunset END AS until,
       CASE WHEN s.key IS NULL THEN '' ELSE ': its successor is `' || s.label || '`' END AS instead,
       CASE WHEN o.status = 'retired' OR o.sunset < r.today THEN 'error' ELSE 'warning' END AS severity,
       CASE WHEN s.key IS NULL THEN json_array(o.key) ELSE json_array(o.key, s.key) END AS related
FROM hit h
JOIN run r
JOIN port o ON o.key = h.port
LEFT JOIN port s ON s.key = o.successor
WHERE h.place = 1
