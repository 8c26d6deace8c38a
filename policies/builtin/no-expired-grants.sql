/*---
id: no-expired-grants
title: No agreement is past its end, and the owner hears of it before
severity: error
for: agreement
message: "the agreement that lets `{consumer}` read `{port}` {when}: ask {ask} whether it goes on"
help: the owner of the port moves `until`, or deletes the agreement
needs: [today]
waivable: false
parameters: {within_days: 30}
tags: [access]
why: |
  An agreement that has ended grants nothing, whatever else the repository says. Left in place it looks like consent, and the
  consumer finds out by a job that fails. So an ended agreement is an error, and from `within_days` days before its last day
  on a warning says who has to decide.

  `until` is the last day in force: the error comes on the day after it. No warning comes where it is decided already: another
  agreement for the same port and consumer begins by the day after.
bad: |
  kind: AccessAgreement
  port: customers
  consumer: orders
  purpose: attribute orders to customers
  approvedBy: [ann@acme.example]
  until: 2026-05-31           # the run is of 2026-06-01
good: |
  kind: AccessAgreement
  port: customers
  consumer: orders
  purpose: attribute orders to customers
  approvedBy: [ann@acme.example]
  from: 2026-06-01
  until: 2027-05-31
fix: |
  Ask whom the message names. If the access is still needed, the owner gives the agreement a new `from` and `until`.
  Otherwise delete the file, and the input port of the consumer with it.
---*/
SELECT g.key AS entity, '/until' AS at, c.name AS consumer, o.label AS port,
       CASE WHEN g.ends < r.today THEN 'ended on ' ELSE 'ends on ' END || g.ends AS "when",
       CASE WHEN g.ends < r.today THEN 'error' ELSE 'warning' END AS severity,
       CASE WHEN o.owner IS NOT NULL THEN '`' || o.owner || '`'
            WHEN p.owner_person IS NOT NULL THEN '`' || p.owner_person || '`'
            WHEN p.owner IS NOT NULL THEN 'team `' || p.owner || '`'
            ELSE 'the owner of the port (it names none)' END AS ask,
       json_array(o.key) AS related
FROM run r
CROSS JOIN agreement g
JOIN product c ON c.key = g.consumer
JOIN port o ON o.key = g.port
LEFT JOIN product p ON p.key = o.product
WHERE (g.ends < r.today
       OR days(g.ends) - days(r.today) <= :within_days
          AND NOT EXISTS (SELECT 1 FROM agreement n
                          WHERE n.port = g.port AND n.consumer = g.consumer AND n.starts > g.ends
                            AND days(n.starts) - days(g.ends) <= 1))
  AND c.status <> 'retired' AND o.status <> 'retired'
