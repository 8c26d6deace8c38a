/*---
id: no-break-under-consumers
title: What others read is not taken away or changed under them
severity: error
for: port
message: "{what} {n}: {consumers}"
help: offer a new major version beside it, deprecate the old one with a sunset, and let the consumers move first
needs: [base]
max_waiver_days: 30
parameters: {notice_days: 90}
values: [subject]
tags: [lifecycle, compatibility]
why: |
  A consumer learns of a break by a job that fails at night. Against the base, these are breaks of what it reads: a product or
  a port that is removed or retired; a column that is removed, changes to a narrower type, or is `required` no longer; a
  retention that is shortened; and a class that is raised above the class of the consumer's product, where that has one.

  It counts only while somebody reads it: a data product in head, active or deprecated, that names the port as an input port
  or has an agreement on it. A product or port that is renamed together with all its consumers breaks nobody.

  A change of type is narrowing unless it is known to be none: a larger integer (tinyint, smallint, int, bigint), float to
  double, a longer varchar or one without a length, text or string, a decimal that loses no digit on either side. A type that
  is declared for the first time is no change, and neither is a first retention.

  There is one way out: the port is `deprecated` with a sunset at least `notice_days` days from today, and its `successor`
  has a greater major `version`. A port without version counts as version 1. A removed port has no such way out: its
  consumers move first. For a removed product the finding stands at the consumer's input port.
bad: |
  # base: orders/orders has the columns order_id and channel, and revenue reads it
  outputPorts:
    orders:
      assets: [orders]
      columns: {order_id: {type: bigint}}
good: |
  outputPorts:
    orders:
      assets: [orders]
      columns: {order_id: {type: bigint}}
      deprecated: {since: 2026-06-01, sunset: 2026-12-31, successor: orders/orders-v2}
    orders-v2:
      assets: [orders-v2]
      version: "2"
      columns: {order_id: {type: bigint}, sales_channel: {type: string}}
fix: |
  Undo the change and make it in a new port with the next major version. Deprecate the old port, tell the consumers, and
  remove it when nobody reads it any more.
---*/
WITH
-- Ports with a new major version beside them and enough notice.
excused(port) AS (
  SELECT o.key
  FROM port o
  JOIN port s ON s.key = o.successor
  JOIN run r
  WHERE o.status = 'deprecated' AND s.major > coalesce(o.major, 1) AND days(o.sunset) - days(r.today) >= :notice_days),
-- How much fits into a type. A rank is wider than all lower ones of its family.
width(type, family, rank) AS (
  VALUES ('tinyint', 'int', 1), ('smallint', 'int', 2), ('int', 'int', 3), ('integer', 'int', 3), ('bigint', 'int', 4),
         ('long', 'int', 4), ('real', 'float', 1), ('float', 'float', 1), ('double', 'float', 2),
         ('double precision', 'float', 2), ('varchar', 'text', 1), ('string', 'text', 1), ('text', 'text', 1)),
-- What differs in ports and columns of the base.
port_then AS MATERIALIZED (
  SELECT b.key, b.product, b.name, b.label, b.class, b.retention_days, o.key AS now, o.status AS status_now,
         o.class AS class_now, o.classification AS classification_now, o.retention_days AS retention_now
  FROM base.port b
  LEFT JOIN port o ON o.key = b.key
  WHERE b.status <> 'retired'
    AND (o.key IS NULL OR o.status = 'retired' OR o.class > b.class OR o.retention_days < b.retention_days)),
column_then AS MATERIALIZED (
  SELECT b.key, b.port, b.name, b.type, b.required, c.key AS now, c.type AS type_now, c.required AS required_now
  FROM base.column b
  LEFT JOIN column c ON c.key = b.key
  WHERE c.key IS NULL OR b.required AND NOT c.required OR b.type IS NOT NULL AND c.type IS NOT b.type),
-- Types as (name, first number, second number): decimal(10,2) is decimal, 10, 2.
retyped(key, port, name, type, type_now, b_name, b_size, b_scale, h_name, h_size, h_scale) AS (
  SELECT key, port, name, type, type_now,
         CASE WHEN b LIKE '%(%' THEN trim(substr(b, 1, instr(b, '(') - 1)) ELSE b END,
         CASE WHEN b LIKE '%(%' THEN CAST(substr(b, instr(b, '(') + 1) AS INTEGER) END,
         CASE WHEN b LIKE '%(%,%' THEN CAST(substr(b, instr(b, ',') + 1) AS INTEGER) ELSE 0 END,
         CASE WHEN h LIKE '%(%' THEN trim(substr(h, 1, instr(h, '(') - 1)) ELSE h END,
         CASE WHEN h LIKE '%(%' THEN CAST(substr(h, instr(h, '(') + 1) AS INTEGER) END,
         CASE WHEN h LIKE '%(%,%' THEN CAST(substr(h, instr(h, ',') + 1) AS INTEGER) ELSE 0 END
  FROM (SELECT key, port, name, type, coalesce(type_now, 'no type') AS type_now,
               lower(trim(type)) AS b, lower(trim(coalesce(type_now, ''))) AS h
        FROM column_then
        WHERE now IS NOT NULL)
  WHERE b <> h),
-- What broke: the port as the base had it, and where to say so.
broken(port, entity, at, subject, what, class) AS (
  SELECT t.key, p.key, '/outputPorts', 'removed ' || t.name, 'port `' || t.label || '` is removed, but', NULL
  FROM port_then t
  JOIN product p ON p.key = t.product
  WHERE t.now IS NULL
  UNION ALL
  SELECT t.key, t.product, '/status', 'retired ' || t.name, 'port `' || t.label || '` is retired with its product, but', NULL
  FROM port_then t
  WHERE t.status_now = 'retired'
  UNION ALL
  SELECT t.key, t.key, '/classification', 'class',
         'port `' || t.label || '` becomes ' || t.classification_now || ', which is more than its consumers may read, and',
         t.class_now
  FROM port_then t
  WHERE t.class_now > t.class AND t.status_now <> 'retired'
  UNION ALL
  SELECT t.key, t.key, '/retentionDays', 'retention',
         'port `' || t.label || '` is kept for ' || t.retention_now || ' days instead of ' || t.retention_days || ', but', NULL
  FROM port_then t
  WHERE t.retention_now < t.retention_days AND t.status_now <> 'retired'
  UNION ALL
  SELECT o.key, o.key, '/columns', 'column ' || t.name,
         'column `' || t.name || '` of port `' || o.label || '` is removed, but', NULL
  FROM column_then t
  JOIN port o ON o.key = t.port
  WHERE t.now IS NULL AND o.status <> 'retired'
  UNION ALL
  SELECT o.key, t.key, '/required', 'required',
         'column `' || t.name || '` of port `' || o.label || '` is required no longer, but', NULL
  FROM column_then t
  JOIN port o ON o.key = t.port
  WHERE t.required AND NOT t.required_now AND o.status <> 'retired'
  UNION ALL
  SELECT o.key, t.key, '/type', 'type',
         'column `' || t.name || '` of port `' || o.label || '` changes from ' || t.type || ' to ' || t.type_now || ', but', NULL
  FROM retyped t
  JOIN port o ON o.key = t.port
  WHERE o.status <> 'retired'
    AND NOT coalesce(CASE
      WHEN t.h_name <> t.b_name
        THEN t.h_size IS NULL AND EXISTS (SELECT 1 FROM width n JOIN width w ON w.family = n.family AND w.rank >= n.rank
                                          WHERE n.type = t.b_name AND w.type = t.h_name)
      WHEN t.b_name IN ('decimal', 'numeric')
        THEN t.h_scale >= t.b_scale AND t.h_size - t.h_scale >= t.b_size - t.b_scale
      WHEN t.b_name = 'varchar' THEN t.b_size IS NOT NULL AND (t.h_size IS NULL OR t.h_size >= t.b_size)
      END, 0)),
concerned(port) AS (
  SELECT DISTINCT b.port FROM broken b WHERE NOT EXISTS (SELECT 1 FROM excused x WHERE x.port = b.port)),
-- Who reads them in head: by an input port, or by an agreement alone. A port that is gone leaves references to nothing.
reading(port, product, key) AS (
  SELECT q.port, i.product, i.key FROM concerned q JOIN input i ON i.port = q.port
  UNION
  SELECT q.port, i.product, i.key
  FROM concerned q
  JOIN base.input b ON b.port = q.port
  JOIN input i ON i.product = b.product AND i.reference = b.reference AND i.port IS NULL
  UNION
  SELECT q.port, g.consumer, g.key FROM concerned q JOIN agreement g ON g.port = q.port
  UNION
  SELECT q.port, g.consumer, g.key
  FROM concerned q
  JOIN base.agreement b ON b.port = q.port
  JOIN agreement g ON g.port IS NULL
    AND g.key IN (b.key, 'agreement:' || substr(b.port, 6, instr(b.port, '/') - 6) || substr(b.key, instr(b.key, '>')))),
consumer(port, product, name, owner, class, key) AS (
  SELECT y.port, p.key, p.name, p.owner, p.class, max(y.key)      -- an input port rather than an agreement
  FROM reading y
  JOIN product p ON p.key = y.product
  WHERE p.status IN ('active', 'deprecated')
  GROUP BY y.port, p.key),
listed AS (
  SELECT b.entity, b.at, b.subject, b.what, c.key, '`' || c.name || '`' || coalesce(' (`' || c.owner || '`)', '') AS text,
         row_number() OVER (PARTITION BY b.entity, b.subject ORDER BY c.name) AS place
  FROM broken b
  JOIN consumer c ON c.port = b.port
  WHERE b.class IS NULL OR c.class BETWEEN 1 AND b.class - 1)
SELECT entity, at, subject, what,
       CASE count(*) WHEN 1 THEN 'one data product reads it' ELSE count(*) || ' data products read it' END AS n,
       group_concat(text, ', ') FILTER (WHERE place <= 3)
         || CASE WHEN count(*) > 3 THEN ' and ' || (count(*) - 3) || ' more' ELSE '' END AS consumers,
       json_group_array(key) AS related
FROM (SELECT * FROM listed ORDER BY entity, subject, place)
GROUP BY entity, subject
UNION ALL
SELECT i.key, '/port', 'product', 'product `' || p.name || '` is removed, but', 'one data product reads it',
       '`' || c.name || '`' || coalesce(' (`' || c.owner || '`)', ''), NULL
FROM port_then t
JOIN base.product p ON p.key = t.product
JOIN base.input b ON b.port = t.key
JOIN input i ON i.product = b.product AND i.reference = b.reference AND i.port IS NULL
JOIN product c ON c.key = i.product
WHERE c.status IN ('active', 'deprecated')
  AND NOT EXISTS (SELECT 1 FROM product still WHERE still.key = t.product)
  AND NOT EXISTS (SELECT 1 FROM finding WHERE code = 'DPC3021')      -- a file that cannot be read removes nothing
