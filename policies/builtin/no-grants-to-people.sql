/*---
id: no-grants-to-people
title: Access is given to products of teams; to a person only in an emergency, for a week
severity: error
for: agreement
message: "the agreement gives `{port}` to one person, `{person}`, who owns `{consumer}`: {why}"
help: "let a team own the consumer; in an emergency say `breakGlass: true`, the incident, and an end within the week"
needs: [today]
max_waiver_days: 30
parameters: {max_days: 7}
values: [person]
tags: [access]
why: |
  People change jobs, and access that hangs on a person stays behind or leaves with them. A grantee in dpc is always a data
  product, so access of a person is an agreement whose consumer a person owns (`owner` is an email). It is refused, but for
  an emergency: the agreement says `breakGlass: true`, names the incident, and ends at most `max_days` days after it begins.

  It begins on the day of `from`; without `from` it is counted from the day of the run. Input ports on unrestricted ports
  need no agreement and are not judged. Agreements for the same port that follow one another, or overlap, without a day between
  are one, however many they are: a second week is counted from the beginning of the first.
bad: |
  kind: DataProduct
  name: tom-looks-around
  owner: tom@acme.example
  ---
  kind: AccessAgreement
  port: customers
  consumer: tom-looks-around
  purpose: look around
  approvedBy: [ann@acme.example]
good: |
  kind: AccessAgreement
  port: customers
  consumer: tom-looks-around
  purpose: find out why the nightly job lost rows
  approvedBy: [ann@acme.example]
  breakGlass: true
  incident: INC-4711
  from: 2026-06-01
  until: 2026-06-05
fix: |
  Let a team own the exploration. If this is an emergency, say so in the agreement and let it end within the week.
---*/
WITH
granted AS MATERIALIZED (
  SELECT g.key, g.port, g.consumer, g.break_glass, g.incident, g.ends, coalesce(days(g.starts), days(r.today)) AS first,
         days(g.ends) AS last, c.name, c.owner_person AS person, o.label
  FROM agreement g
  JOIN product c ON c.key = g.consumer
  JOIN port o ON o.key = g.port
  JOIN run r
  WHERE c.owner_person IS NOT NULL
    AND c.status <> 'retired' AND o.status <> 'retired'),
-- Each with whether a day lies between it and all that began before it; then with when the first of those that hang together begins.
apart AS (
  SELECT *, coalesce(first > 1 + max(coalesce(last, first)) OVER (PARTITION BY port, consumer ORDER BY first, last
                                                                  ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 1) AS begins
  FROM granted),
chained AS (
  SELECT *, sum(begins) OVER (PARTITION BY port, consumer ORDER BY first, last ROWS UNBOUNDED PRECEDING) AS part FROM apart),
judged AS (
  SELECT *, last - first AS n, last - min(first) OVER (PARTITION BY port, consumer, part) AS together FROM chained)
SELECT key AS entity, '/consumer' AS at, name AS consumer, person, label AS port,
       CASE WHEN NOT break_glass   THEN 'it is not marked as an emergency (`breakGlass`)'
            WHEN incident IS NULL THEN 'it names no incident'
            WHEN ends IS NULL     THEN 'it has no end'
            WHEN n > :max_days    THEN 'it ends ' || n || ' days after it begins'
            ELSE 'it goes on where another ended, and ends ' || together || ' days after that began' END AS why,
       json_array(consumer) AS related
FROM judged
WHERE NOT break_glass OR incident IS NULL OR ends IS NULL OR n > :max_days OR together > :max_days
