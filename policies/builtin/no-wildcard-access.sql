/*---
id: no-wildcard-access
title: Confidential data is not open to everybody by the back door
severity: error
for: port
message: "port `{port}` is {classification}, and {n} people and products get at its data, more than {max_principals}: most come by {ways}"
help: end agreements that are not needed, or offer a smaller port for the wide use
max_waiver_days: 90
parameters: {max_principals: 200, governance_team: data-governance}
values: [classification]
tags: [access, classification]
why: |
  Nothing should give access to everybody, to a domain or by a pattern. In dpc nothing can: an agreement names one port and
  one consumer, an input port names one port. What everybody may read is said in one place, by `access: unrestricted` on the
  port, and is then public on purpose (`pii-not-public` guards personal data).

  What is left is that many narrow grants add up. Counted are the principals that really get at a port of class confidential
  or higher: products by their roles, and people who get into those by Conveyor or IAM Identity Center; each once, however many
  ways there are. Who reads the same asset by another port, or a folder, bucket or database that holds it, of whatever class,
  gets at its data too, unless that port is `declassified` and a member of `governance_team` approved, as
  `class-does-not-drop` says. Up to `max_principals` of them are allowed. The three widest ways are shown as related places. Who
  is behind a trusted account is not known to dpc; `no-whole-account-trust` reports that.
bad: |
  # salaries is confidential; its readers are owned by teams of several hundred people
  kind: AccessAgreement
  port: salaries
  consumer: all-of-sales
  purpose: compare
  approvedBy: [ann@acme.example]
good: |
  kind: AccessAgreement
  port: salaries/by-region      # aggregated, of class internal
  consumer: all-of-sales
  purpose: compare
  approvedBy: [ann@acme.example]
fix: |
  Look at the related places: each is an agreement, an input port or the port itself, by which many get in. End what is not
  needed. Where many really need something, offer them a port with less in it.
---*/
WITH approver(user) AS MATERIALIZED (
  SELECT lower(u.user) FROM authority u JOIN team t ON t.key = u.team WHERE t.name = :governance_team),
harmless(port) AS MATERIALIZED (SELECT DISTINCT d.port FROM declassifier d JOIN approver u ON u.user = lower(d.user) WHERE d.counts),
-- Who gets at the data of a confidential port, by itself or through one that holds it.
gets(port, principal, via) AS MATERIALIZED (
  SELECT a.port, a.kind || ':' || a.principal, a.via
  FROM port o
  JOIN access a ON a.port = o.key
  LEFT JOIN harmless h ON h.port = a.through
  WHERE o.class >= 3 AND h.port IS NULL),
wide(port, n) AS MATERIALIZED (
  SELECT port, count(DISTINCT principal) FROM gets GROUP BY port HAVING count(DISTINCT principal) > :max_principals),
way(port, via, n, place) AS (
  SELECT port, via, count(*), row_number() OVER (PARTITION BY port ORDER BY count(*) DESC, via)
  FROM gets
  WHERE port IN (SELECT port FROM wide)
  GROUP BY port, via)
SELECT o.key AS entity, '' AS at, o.label AS port, o.classification, w.n, :max_principals AS max_principals,
       (SELECT group_concat('`' || via || '` (' || n || ')', ', ')
        FROM (SELECT via, n FROM way WHERE port = w.port AND place <= 3 ORDER BY place)) AS ways,
       (SELECT json_group_array(via)
        FROM (SELECT via FROM way WHERE port = w.port AND place <= 3 ORDER BY place)) AS related
FROM wide w
JOIN port o ON o.key = w.port
