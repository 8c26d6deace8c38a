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
  a port that is removed or retired; an asset that is taken out of a port; a column that is removed, changes to a narrower
  type, or is `required` no longer; a retention that is shortened; and a class that is raised above the class of the
  consumer's product, where that has one.

  It counts only while somebody reads it: a data product in head, active or deprecated, that names the port as an input port
  or has an agreement on it that is not over. A product or port that is renamed together with all its consumers breaks nobody,
  as long as the new one offers all that the old one did: its assets, its columns in the same or a wider type, class and retention.
  The new one is a port that the base has not, with an asset in the place of one of the old, which a reader of the old one reads
  now; and to who names only the product, the one port that it has.

  A change of type is narrowing unless it is known to be none: a larger integer (tinyint, smallint, int, bigint), real
  to float to double, a longer varchar or nvarchar or one without a length (or of length max), from char as well, text or string, a decimal that loses no digit on either
  side, another name of the same type (numeric, character varying, double precision, int8), `not null` that is added, and other spaces. A
  type that is declared for the first time is no change, and neither is a first retention.

  There is one way out: the port is `deprecated` with a sunset at least `notice_days` days from today, and its `successor`
  has a greater major `version` than the port has or had. A port without version counts as version 1. The successor must be
  there for the consumers: it offers assets, its product is neither a draft nor retired, it is not private unless the port is,
  and it stays for longer than the port. A removed port has no such way out: its consumers move first. For a removed product
  the finding stands at the consumer's input port.
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
  LEFT JOIN product p ON p.key = s.product
  LEFT JOIN base.port b ON b.key = o.key
  JOIN run r
  WHERE o.status = 'deprecated' AND s.major > max(coalesce(o.major, 1), coalesce(b.major, 1))
    AND days(o.sunset) - days(r.today) >= :notice_days
    AND s.status <> 'retired' AND (s.sunset IS NULL OR s.sunset > o.sunset)
    AND coalesce(p.status, 'active') IN ('active', 'deprecated')
    AND (s.access <> 'private' OR o.access = 'private')
    AND EXISTS (SELECT 1 FROM offer f WHERE f.port = s.key)),
-- Other names of a type.
synonym(type, plain) AS (
  VALUES ('numeric', 'decimal'), ('dec', 'decimal'), ('character varying', 'varchar'), ('char varying', 'varchar'),
         ('character', 'char'), ('integer', 'int'), ('int4', 'int'), ('int2', 'smallint'), ('int8', 'bigint'), ('long', 'bigint'),
         ('double precision', 'double'), ('float8', 'double'), ('float4', 'real'), ('bool', 'boolean')),
-- How much fits into a type. A rank is wider than all lower ones of its family.
width(type, family, rank) AS (
  VALUES ('tinyint', 'int', 1), ('smallint', 'int', 2), ('int', 'int', 3), ('bigint', 'int', 4),
         ('real', 'float', 1), ('float', 'float', 2), ('double', 'float', 3),
         ('char', 'text', 1), ('varchar', 'text', 2), ('string', 'text', 2), ('text', 'text', 2),
         ('char', 'wide', 1), ('nchar', 'wide', 1), ('varchar', 'wide', 2), ('nvarchar', 'wide', 3), ('string', 'wide', 4),
         ('text', 'wide', 4)),
-- Assets that a port no longer offers; what lies where it lay is only renamed.
gone(port, asset) AS MATERIALIZED (
  SELECT b.port, b.asset
  FROM base.offer b
  WHERE NOT EXISTS (SELECT 1 FROM offer f WHERE f.port = b.port AND f.asset = b.asset)
    AND NOT EXISTS (SELECT 1 FROM base.asset x JOIN offer f ON f.port = b.port JOIN asset y ON y.key = f.asset
                    WHERE x.key = b.asset AND y.kind = x.kind AND y.bucket IS x.bucket AND y.path IS x.path
                      AND y.database IS x.database AND y.schema IS x.schema AND y.table_name IS x.table_name)),
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
-- Ports that are gone, and where their readers went: the same reference leads to another port, or a new one to a new port that
-- offers what lies in the same place.
replaced(port, now, product, key, renamed) AS MATERIALIZED (
  SELECT t.key, i.port, i.product, i.key, i.reference <> b.reference
  FROM port_then t
  JOIN base.input b ON b.port = t.key
  JOIN input i ON i.product = b.product
  LEFT JOIN base.input y ON y.product = i.product AND y.port = i.port
  LEFT JOIN base.port was ON was.key = i.port
  WHERE t.now IS NULL AND i.port IS NOT NULL
    AND (i.reference = b.reference
         OR y.key IS NULL AND was.key IS NULL
            AND EXISTS (SELECT 1 FROM base.offer f
                        JOIN base.asset x ON x.key = f.asset
                        JOIN offer h ON h.port = i.port
                        JOIN asset y ON y.key = h.asset
                        WHERE f.port = t.key AND y.kind = x.kind AND y.bucket IS x.bucket AND y.path IS x.path
                          AND y.database IS x.database AND y.schema IS x.schema AND y.table_name IS x.table_name))),
-- Types that differ, without `not null`; then as name, numbers in parentheses, and what follows: decimal(10,2)[] is decimal,
-- 10, 2, []. What has other words in its parentheses is a name as a whole. No number, and max: as long as it gets.
retyped(key, port, name, type, type_now) AS MATERIALIZED (
  SELECT key, port, name, type, coalesce(type_now, 'no type')
  FROM column_then
  WHERE now IS NOT NULL AND lower(trim(type)) <> lower(trim(coalesce(type_now, '')))),
pair(type, type_now) AS MATERIALIZED (
  SELECT type, type_now FROM retyped
  UNION
  SELECT c.type, coalesce(n.type, 'no type')
  FROM (SELECT DISTINCT port, now FROM replaced) z
  JOIN base.column c ON c.port = z.port
  JOIN column n ON n.port = z.now AND n.name = c.name
  WHERE c.type IS NOT NULL AND lower(trim(c.type)) <> lower(trim(coalesce(n.type, '')))),
-- One space between words, then none beside a sign.
plain(type, text) AS MATERIALIZED (
  SELECT type, trim(replace(replace(replace(lower(type), ' ', char(1, 2)), char(2, 1), ''), char(1, 2), ' '))
  FROM (SELECT type FROM pair UNION SELECT type_now FROM pair)),
spelled(type, filled, text, opens, closes) AS MATERIALIZED (
  SELECT type, filled, text, instr(text, '('), instr(text, ')')
  FROM (SELECT type, filled,
               replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                 text, ' ,', ','), ', ', ','), ' (', '('), '( ', '('), ' )', ')'), ' <', '<'), '< ', '<'), ' >', '>'),
                 ' :', ':'), ': ', ':'), ' [', '['), '> ', '>') AS text
        FROM (SELECT type, text LIKE '% not null' AS filled,
                     CASE WHEN text LIKE '% not null' THEN trim(substr(text, 1, length(text) - 9)) ELSE text END AS text
              FROM plain))),
parted(type, filled, name, numbers, rest) AS (
  SELECT type, filled, CASE WHEN sized THEN trim(substr(text, 1, opens - 1)) ELSE text END,
         CASE WHEN sized THEN substr(text, opens + 1, closes - opens - 1) END,
         CASE WHEN sized THEN trim(substr(text, closes + 1)) ELSE '' END
  FROM (SELECT *, opens > 1 AND closes > opens + 1
                  AND trim(substr(text, opens + 1, closes - opens - 1), '0123456789, max') = '' AS sized
        FROM spelled)),
parsed(type, filled, name, size, scale, rest) AS MATERIALIZED (
  SELECT q.type, q.filled, coalesce(y.plain, q.name), CASE WHEN q.numbers NOT LIKE '%max%' THEN CAST(q.numbers AS INTEGER) END,
         CASE WHEN q.numbers LIKE '%,%' THEN CAST(substr(q.numbers, instr(q.numbers, ',') + 1) AS INTEGER) ELSE 0 END, q.rest
  FROM parted q LEFT JOIN synonym y ON y.type = q.name),
narrower(type, type_now) AS MATERIALIZED (
  SELECT t.type, t.type_now
  FROM pair t
  JOIN parsed b ON b.type = t.type
  JOIN parsed h ON h.type = t.type_now
  WHERE b.filled AND NOT h.filled OR b.rest <> h.rest
     OR NOT coalesce(CASE
          WHEN h.name = b.name AND h.size IS b.size AND h.scale = b.scale THEN 1
          WHEN h.name <> b.name
            THEN b.rest = ''
                 AND (h.size IS NULL
                      OR h.name IN ('varchar', 'nvarchar') AND h.size >= coalesce(b.size, CASE WHEN b.name IN ('char', 'nchar') THEN 1 END))
                 AND EXISTS (SELECT 1 FROM width n JOIN width w ON w.family = n.family
                             WHERE n.type = b.name AND w.type = h.name AND w.rank >= n.rank)
          WHEN b.name = 'decimal' THEN h.scale >= b.scale AND h.size - h.scale >= b.size - b.scale
          WHEN b.name IN ('varchar', 'nvarchar') THEN h.size IS NULL OR h.size >= b.size
          END, 0)),
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
  JOIN narrower w ON w.type = t.type AND w.type_now = t.type_now
  WHERE o.status <> 'retired'
  UNION ALL
  SELECT o.key, o.key, '/assets', 'asset ' || f.asset,
         'asset `' || substr(f.asset, 7) || '` is taken out of port `' || o.label || '`, but', NULL
  FROM gone f
  JOIN port o ON o.key = f.port
  WHERE o.status <> 'retired'),
concerned(port) AS (
  SELECT DISTINCT b.port FROM broken b WHERE NOT EXISTS (SELECT 1 FROM excused x WHERE x.port = b.port)),
-- Does the port to which they went offer less?
turned(port, now, breaks) AS MATERIALIZED (
  SELECT z.port, z.now,
         CASE WHEN b.access <> 'private' AND o.access = 'private' THEN 'is private'
              WHEN o.retention_days < b.retention_days THEN 'keeps its data for ' || o.retention_days || ' days'
              ELSE coalesce(
                (SELECT 'does not offer asset `' || substr(f.asset, 7) || '`'
                 FROM base.offer f JOIN base.asset x ON x.key = f.asset
                 WHERE f.port = z.port
                   AND NOT EXISTS (SELECT 1 FROM offer h JOIN asset y ON y.key = h.asset
                                   WHERE h.port = z.now
                                     AND (y.key = x.key
                                          OR y.kind = x.kind AND y.bucket IS x.bucket AND y.path IS x.path
                                             AND y.database IS x.database AND y.schema IS x.schema
                                             AND y.table_name IS x.table_name))
                 ORDER BY f.asset LIMIT 1),
                (SELECT CASE WHEN n.key IS NULL THEN 'has no column `' || c.name || '`'
                             WHEN n.required < c.required THEN 'does not require column `' || c.name || '`'
                             ELSE 'has another type of column `' || c.name || '`' END
                 FROM base.column c
                 LEFT JOIN column n ON n.port = z.now AND n.name = c.name
                 LEFT JOIN narrower w ON w.type = c.type AND w.type_now = coalesce(n.type, 'no type')
                 WHERE c.port = z.port AND (n.key IS NULL OR n.required < c.required OR w.type IS NOT NULL)
                 ORDER BY c.name LIMIT 1),
                CASE WHEN o.class > b.class THEN 'is ' || o.classification END) END
  FROM (SELECT DISTINCT port, now FROM replaced) z
  JOIN base.port b ON b.key = z.port
  JOIN port o ON o.key = z.now),
-- Who reads them in head: by an input port, or by an agreement alone. A port that is gone leaves references to nothing.
reading(port, product, key) AS (
  SELECT q.port, i.product, i.key FROM concerned q JOIN input i ON i.port = q.port
  UNION
  SELECT q.port, i.product, i.key
  FROM concerned q
  JOIN base.input b ON b.port = q.port
  JOIN input i ON i.product = b.product AND i.reference = b.reference
  LEFT JOIN turned u ON u.port = q.port AND u.now = i.port
  WHERE i.port IS NULL OR u.breaks IS NOT NULL
  UNION
  SELECT q.port, g.consumer, g.key FROM concerned q JOIN agreement g ON g.port = q.port WHERE g.state IS NOT 'ended'
  UNION
  SELECT q.port, g.consumer, g.key
  FROM concerned q
  JOIN base.agreement b ON b.port = q.port
  JOIN agreement g ON g.port IS NULL
    AND g.key IN (b.key, 'agreement:' || substr(b.port, 6, instr(b.port, '/') - 6) || substr(b.key, instr(b.key, '>')))
    AND g.state IS NOT 'ended'),
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
SELECT entity, '', subject, what, CASE count(*) WHEN 1 THEN 'one data product reads it' ELSE count(*) || ' data products read it' END,
       group_concat(text, ', ') FILTER (WHERE place <= 3)
         || CASE WHEN count(*) > 3 THEN ' and ' || (count(*) - 3) || ' more' ELSE '' END,
       json_group_array(key)
FROM (SELECT *, row_number() OVER (PARTITION BY entity, subject ORDER BY name) AS place
      FROM (SELECT z.now AS entity, 'instead of ' || b.label AS subject,
                   'port `' || o.label || '` takes the place of `' || b.label || '` and ' || u.breaks || ', but' AS what,
                   max(z.key) AS key, c.name, '`' || c.name || '`' || coalesce(' (`' || c.owner || '`)', '') AS text
            FROM replaced z
            JOIN turned u ON u.port = z.port AND u.now = z.now
            JOIN base.port b ON b.key = z.port
            JOIN port o ON o.key = z.now
            JOIN product c ON c.key = z.product
            WHERE z.renamed AND u.breaks IS NOT NULL AND c.status IN ('active', 'deprecated')
              AND NOT (o.class > b.class AND c.class NOT BETWEEN 1 AND o.class - 1 AND u.breaks = 'is ' || o.classification)
            GROUP BY z.port, z.now, c.key)
      ORDER BY entity, subject, name)
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
