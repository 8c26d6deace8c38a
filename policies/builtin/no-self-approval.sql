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

  One case is no conflict: the team of the consumer owns the port too. Then its people know both sides, and it is enough that
  one other owner of that team approved as well.
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
SELECT a.key AS entity, a.user, c.name AS consumer, o.label AS port,
       CASE WHEN c.owner_person = a.user THEN 'owns it'
            WHEN EXISTS (SELECT 1 FROM member m WHERE m.team = c.team AND m.user = a.user)
            THEN 'belongs to its team `' || c.owner || '`'
                 || CASE WHEN c.team = p.team THEN ', and no other owner of that team approved' ELSE '' END
            ELSE 'has a role on it' END AS why,
       json_array(c.key) AS related
FROM approval a
JOIN agreement g ON g.key = a.agreement
JOIN product c ON c.key = g.consumer
JOIN port o ON o.key = g.port
LEFT JOIN product p ON p.key = o.product
WHERE c.status <> 'retired' AND o.status <> 'retired'
  AND (c.owner_person = a.user
       OR EXISTS (SELECT 1 FROM member m WHERE m.product = c.key AND m.user = a.user)
       OR EXISTS (SELECT 1 FROM member m WHERE m.team = c.team AND m.user = a.user))
  AND NOT EXISTS (SELECT 1 FROM approval b
                  JOIN authority u ON u.user = b.user AND u.role = 'owner'
                  WHERE b.agreement = g.key AND lower(b.user) IS NOT lower(a.user)
                    AND u.team = p.team AND u.team = c.team)
