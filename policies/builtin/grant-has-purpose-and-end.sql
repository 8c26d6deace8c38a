/*---
id: grant-has-purpose-and-end
title: Access to confidential data is for a listed purpose and ends within a year
severity: error
for: agreement
message: "the agreement that lets `{consumer}` read {classification} port `{port}` {why}"
help: set `until` at most a year after `from`, and take a purpose from the list
needs: [today]
max_waiver_days: 30
parameters: {max_days: 365, purposes: []}
values: [what, given]
tags: [access, classification]
why: |
  Consent to confidential data is given for something and for a time. Every agreement on a port of class confidential or
  higher has an `until` at most `max_days` days after it begins, and a purpose that is word for word in the list `purposes`.
  With an empty list any purpose will do: dpc asks for one anyway.

  It begins on the day of `from`. An agreement without `from` is in force at once, so it is counted from the day of the run.
bad: |
  kind: AccessAgreement       # customers is confidential
  port: customers
  consumer: newsletter
  purpose: send the newsletter
  approvedBy: [ann@acme.example]
good: |
  kind: AccessAgreement
  port: customers
  consumer: newsletter
  purpose: send the newsletter
  approvedBy: [ann@acme.example]
  from: 2026-06-01
  until: 2027-05-31
fix: |
  Add `from` and `until`; a year is renewed by moving both, in a change that the owner reviews. A purpose that is missing from
  the list is added to it in the configuration, by whoever owns that.
---*/
WITH judged AS (
  SELECT g.key, g.purpose, g.ends, coalesce(g.starts, r.today) AS begins, g.starts IS NULL AS at_once,
         c.name AS consumer, o.label AS port, o.classification
  FROM port o
  JOIN agreement g ON g.port = o.key
  JOIN product c ON c.key = g.consumer
  JOIN run r
  WHERE o.class >= 3 AND o.status <> 'retired' AND c.status <> 'retired')
SELECT key AS entity, '/until' AS at, 'end' AS what, ends AS given, consumer, port, classification,
       CASE WHEN ends IS NULL THEN 'has no end'
            ELSE 'ends ' || (days(ends) - days(begins)) || ' days after '
                 || CASE WHEN at_once THEN 'today, and it names no beginning' ELSE 'it begins' END
                 || ', more than ' || :max_days END AS why
FROM judged
WHERE ends IS NULL OR days(ends) - days(begins) > :max_days
UNION ALL
SELECT key, '/purpose', 'purpose', purpose, consumer, port, classification,
       'is for a purpose that is not in the list: `' || coalesce(purpose, '') || '`'
FROM judged
WHERE EXISTS (SELECT 1 FROM json_each(:purposes))
  AND NOT EXISTS (SELECT 1 FROM json_each(:purposes) WHERE value = purpose)
