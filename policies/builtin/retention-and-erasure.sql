/*---
id: retention-and-erasure
title: A port with personal data says how long it is kept and by which column a person is erased
severity: error
for: port
message: "port `{port}` holds personal data {why}"
help: set `retentionDays` and `erasureKey` on the port
max_waiver_days: 90
parameters: {max_retention_days: 1825}
values: [what, kept]
tags: [personal-data, retention, lineage]
why: |
  Personal data is kept no longer than needed, and a person may ask to be erased. So every port with personal data, marked on
  the port or on one of its columns, has a `retentionDays` of at most `max_retention_days`, and an `erasureKey`.

  A copy must not outlive its source: the retention is also at most the shortest of all ports with personal data upstream of
  the product, at any depth. Each thing that is missing or too long is a finding of its own.
bad: |
  outputPorts:
    customers:
      assets: [customers]
      personal: true
      columns: {customer_id: {}, email: {personal: true}}
good: |
  outputPorts:
    customers:
      assets: [customers]
      personal: true
      columns: {customer_id: {}, email: {personal: true}}
      retentionDays: 730
      erasureKey: customer_id
fix: |
  Ask what the data is needed for and how long, and set `retentionDays` to that. `erasureKey` is the column that tells whose
  row it is. If a source keeps its data shorter than you, keep yours no longer than that.
---*/
WITH judged AS (
  SELECT key, label, product, retention_days, erasure_key FROM port WHERE personal = 1 AND status <> 'retired')
SELECT key AS entity, '/retentionDays' AS at, 'retention' AS what, '' AS kept, label AS port,
       'without a retention' AS why, NULL AS related
FROM judged WHERE retention_days IS NULL
UNION ALL
SELECT key, '/retentionDays', 'maximum', retention_days, label,
       'for ' || retention_days || ' days, longer than ' || :max_retention_days, NULL
FROM judged WHERE retention_days > :max_retention_days
UNION ALL
SELECT j.key, '/retentionDays', 'source', j.retention_days || ' after ' || s.retention_days, j.label,
       'for ' || j.retention_days || ' days, longer than its source `' || s.label || '` (' || s.retention_days || ')',
       json_array(s.key)
FROM judged j
JOIN upstream u ON u.product = j.product
JOIN port s ON s.key = u.retention_port
WHERE j.retention_days > u.retention_days
UNION ALL
SELECT key, '/erasureKey', 'erasure', '', label, 'without an erasure key', NULL
FROM judged WHERE erasure_key IS NULL
