/*---
id: no-console-on-confidential
title: Products with confidential data are not looked at in the AWS console
severity: warning
for: product
message: "data product `{name}` asks for the console, and {how} {classification} port `{port}`{more}"
help: take `console` out of `services`, or look at the data in a product that reads less
max_waiver_days: 90
parameters: {class: confidential}
values: [classification]
tags: [aws, classification]
why: |
  The console is made for looking around and for downloading. The more confidential the data, the less that should be the way to
  it. A product asks for the console with `services: [console]`; it is reported when it offers a port of class `class` or
  higher, or reads one by an input port that gives access today: the port is unrestricted, or consent is in force. An input
  port that still waits for consent opens nothing and does not count. Neither does a port without a class.

  One finding for each product; the message names the port with the highest class. `class` is public, internal, confidential
  or restricted.
bad: |
  kind: DataProduct
  name: customers
  outputPorts:
    customers: {assets: [customers], classification: confidential}
  services: [athena, console]
good: |
  kind: DataProduct
  name: customers
  outputPorts:
    customers: {assets: [customers], classification: confidential}
  services: [athena]
fix: |
  Query through Athena from a tool that keeps a log, and remove `console`. For looking around make an exploration that reads
  ports of lower class.
---*/
WITH least(class) AS (
  SELECT CASE :class WHEN 'public' THEN 1 WHEN 'internal' THEN 2 WHEN 'restricted' THEN 4 ELSE 3 END),
seen(product, how, port, rank) AS (
  SELECT v.product, 'offers', o.key, 1
  FROM service v JOIN port o ON o.product = v.product JOIN least l
  WHERE v.name = 'console' AND o.class >= l.class
  UNION ALL
  SELECT v.product, 'reads', o.key, 2
  FROM service v JOIN input i ON i.product = v.product JOIN port o ON o.key = i.port JOIN least l
  WHERE v.name = 'console' AND i.consent = 'granted' AND o.class >= l.class AND o.status <> 'retired'),
ranked AS (
  SELECT s.product, s.how, o.key, o.label, o.classification, count(*) OVER (PARTITION BY s.product) AS n,
         row_number() OVER (PARTITION BY s.product ORDER BY o.class DESC, s.rank, o.label) AS place
  FROM seen s JOIN port o ON o.key = s.port)
SELECT p.key AS entity, '/services' AS at, p.name, k.how, k.classification, k.label AS port,
       CASE k.n WHEN 1 THEN '' WHEN 2 THEN ' and one more' ELSE ' and ' || (k.n - 1) || ' more' END AS more,
       json_array(k.key) AS related
FROM ranked k
JOIN product p ON p.key = k.product
WHERE k.place = 1 AND p.status <> 'retired'
