/*---
id: no-self-approval
title: Nobody approves access for a product of their own
severity: error
for: approval
message: "`{user}` approves that `{consumer}` reads `{port}`, but {why}"
help: let an owner of the port who is not of the consumer approve instead
waivable: false
tags: [access, approval]
why: |
  Consent is worth something only if somebody else gives it. An approver of an agreement must not be on the consumer's side:
  not the person who owns the consumer, not a member of the team that owns it, and not somebody with a role on it.

  A pull request cannot help itself: for an approval that is new, or whose agreement has other dates, it also counts who was on
  the consumer's side in the base. Who leaves the team in the same change still belonged to it, and so does who gives the
  consumer away. Emails are compared without regard to case.

  One case is no conflict: the team of the consumer owns the port too, and did so before. Then its people know both sides, and
  it is enough that one other owner of that team approved as well.
bad: |
  kind: AccessAgreement       # newsletter belongs to team marketing, customers to crm-data
  port: customers
  consumer: newsletter
  purpose: send the newsletter
  approvedBy: [ann@acme.example, tom@acme.example]   # tom is in marketing
good: |
  kind: AccessAgreement
  port: customers
  consumer: newsletter
  purpose: send the newsletter
  approvedBy: [ann@acme.example]
fix: |
  Take the approver off the list, and ask an owner of the port who does not belong to the consumer. If one team owns both,
  add a second owner of it.
---*/
WITH asked AS MATERIALIZED (
  SELECT a.key, a.user, lower(a.user) AS who, a.agreement, c.key AS consumer, c.name, c.team, c.owner,
         lower(c.owner_person) AS person, b.team AS former_team, b.owner AS former_owner,
         lower(b.owner_person) AS former_person, o.label,
         -- The team that owns both sides, now and, where they were there, before.
         CASE WHEN c.team = p.team AND (b.key IS NULL OR b.team = c.team) AND (q.key IS NULL OR q.team = p.team)
              THEN c.team END AS both,
         NOT EXISTS (SELECT 1 FROM base.approval x JOIN base.agreement y ON y.key = x.agreement
                     WHERE x.key = a.key AND y.starts IS g.starts AND y.ends IS g.ends) AS fresh
  FROM approval a
  JOIN agreement g ON g.key = a.agreement
  JOIN product c ON c.key = g.consumer
  JOIN port o ON o.key = g.port
  LEFT JOIN product p ON p.key = o.product
  LEFT JOIN base.product b ON b.key = c.key
  LEFT JOIN base.product q ON q.key = p.key
  WHERE c.status <> 'retired' AND o.status <> 'retired'),
-- The ways to be on the consumer's side, the plainest first.
self(key, place, why) AS (
  SELECT key, 1, 'owns it' FROM asked WHERE person = who
  UNION ALL
  SELECT s.key, 2, 'belongs to its team `' || s.owner || '`'
  FROM asked s CROSS JOIN member m ON m.team = s.team WHERE lower(m.user) = s.who
  UNION ALL
  SELECT s.key, 3, 'has a role on it' FROM asked s CROSS JOIN member m ON m.product = s.consumer WHERE lower(m.user) = s.who
  UNION ALL
  SELECT key, 4, 'owned it before this change' FROM asked WHERE fresh AND former_person = who
  UNION ALL
  SELECT s.key, 5, 'belonged to its team `' || s.former_owner || '` before this change'
  FROM asked s CROSS JOIN base.member m ON m.team = s.former_team WHERE s.fresh AND lower(m.user) = s.who
  UNION ALL
  SELECT s.key, 6, 'belonged to team `' || s.owner || '` before this change, which owns it now'
  FROM asked s CROSS JOIN base.member m ON m.team = s.team WHERE s.fresh AND lower(m.user) = s.who
  UNION ALL
  SELECT s.key, 7, 'had a role on it before this change'
  FROM asked s CROSS JOIN base.member m ON m.product = s.consumer WHERE s.fresh AND lower(m.user) = s.who)
SELECT s.key AS entity, s.user, s.name AS consumer, s.label AS port, min(w.place) AS place,
       w.why || CASE WHEN s.both IS NOT NULL AND w.place IN (2, 5)
                     THEN ', and no other owner of that team approved' ELSE '' END AS why,
       json_array(s.consumer) AS related
FROM self w
JOIN asked s ON s.key = w.key
WHERE NOT EXISTS (SELECT 1 FROM approval b CROSS JOIN authority u ON u.team = s.both
                  WHERE b.agreement = s.agreement AND lower(b.user) <> s.who
                    AND u.role = 'owner' AND lower(u.user) = lower(b.user))
GROUP BY s.key
