/*---
id: restricted-needs-owner-approval
title: Access to a restricted or private port is approved by its owner
severity: error
for: agreement
message: "the agreement that lets `{consumer}` read `{port}` is not approved by an owner{of}: {how}"
help: let a member with role owner of the team that owns the port approve the change, and add the email to `approvedBy`
waivable: false
parameters: {port_owner_counts: true}
values: [of, ends]
tags: [access, approval]
why: |
  An agreement is the consent of the owner of the data, so one of its approvers must be one: an active member with role owner
  of the team that owns the product of the port. A product that a person owns: that person. A port that names an `owner` of
  its own: that person too, unless `port_owner_counts` is false. It holds for private ports as well, because a private port
  is a restricted one that is not shown to others.

  A pull request cannot make its own approver. Roles count only if the base had them already; and while a pull request gives
  a product or a port another owner, an owner of before and an owner of after must both have approved. A new port that names
  its own owner is such a change too: its product had an owner before. And so is an asset that newly lies where one of another
  product lay in the base, in it or around it: who owned that product is an owner of before, whatever its name is now. Emails
  are compared without regard to case.

  `approvedBy` is a claim: whoever writes the agreement can write any name. Where it is known who approved the pull request
  (`--approvals`, with a base), a new claim counts only with that approval, and never as that of the author. An old claim, of
  an agreement that the base has for as long, from as early and for the same purpose, stands as it does; a longer, earlier or
  other one is a new claim. Without `--approvals` a claim is taken.

  Agreements on unrestricted ports change nothing, and where the provider or the consumer is retired nothing is granted:
  neither is judged.
bad: |
  kind: Team
  name: crm-data
  members: {ann@acme.example: owner, bob@acme.example: member}
  ---
  kind: AccessAgreement       # customers belongs to crm-data
  port: customers
  consumer: orders
  purpose: attribute orders to customers
  approvedBy: [bob@acme.example]
good: |
  kind: AccessAgreement
  port: customers
  consumer: orders
  purpose: attribute orders to customers
  approvedBy: [ann@acme.example]
fix: |
  Ask an owner of the port's team to approve the pull request, put the email under `approvedBy`, and run the check again with
  the new list of approvals.
---*/
WITH RECURSIVE
-- Assets that lie elsewhere than in the base, or are new.
moved(asset, product, text) AS MATERIALIZED (
  SELECT p.asset, p.product, p.text
  FROM place p
  WHERE (SELECT has_base FROM run) AND NOT EXISTS (SELECT 1 FROM base.place b WHERE b.asset = p.asset AND b.text = p.text)),
-- Each place with all that is around it, in either revision.
climb(text, up) AS (
  SELECT text, text FROM moved
  UNION
  SELECT text, text FROM base.place WHERE EXISTS (SELECT 1 FROM moved)
  UNION
  SELECT c.text, p.around FROM climb c JOIN place p ON p.text = c.up WHERE p.around IS NOT NULL
  UNION
  SELECT c.text, p.around FROM climb c JOIN base.place p ON p.text = c.up WHERE p.around IS NOT NULL),
-- What lay there, in it or around it, was of another product before.
taken(asset, product, was, owner) AS MATERIALIZED (
  SELECT m.asset, m.product, b.asset, b.product
  FROM moved m JOIN climb c ON c.text = m.text JOIN base.place b ON b.text = c.up
  WHERE b.product IS NOT m.product
  UNION
  SELECT m.asset, m.product, b.asset, b.product
  FROM base.place b JOIN climb c ON c.text = b.text JOIN moved m ON m.text = c.up
  WHERE b.product IS NOT m.product),
owner(n, port, former, team, name, person, decider) AS MATERIALIZED (
  SELECT row_number() OVER (), *
  FROM (
  SELECT o.key, 0, p.team, p.owner, p.owner_person, o.owner
  FROM port o LEFT JOIN product p ON p.key = o.product
  UNION ALL    -- who owned it in the base, where that is somebody else
  SELECT o.key, 1, q.team, q.owner, q.owner_person, b.owner
  FROM base.product q
  JOIN product p ON p.key = q.key
  JOIN port o ON o.product = p.key
  LEFT JOIN base.port b ON b.key = o.key
  WHERE (q.team IS NOT NULL OR q.owner_person IS NOT NULL)
    AND (q.team IS NOT p.team OR q.owner_person IS NOT p.owner_person OR b.owner IS NOT o.owner)
  UNION ALL    -- and who owned what lay where its assets do
  SELECT f.port, 1, q.team, q.owner, q.owner_person, min(b.owner)
  FROM taken k
  JOIN offer f ON f.asset = k.asset
  LEFT JOIN product p ON p.key = k.product
  JOIN base.product q ON q.key = k.owner
  LEFT JOIN base.offer bf ON bf.asset = k.was
  LEFT JOIN base.port b ON b.key = bf.port
  WHERE (q.team IS NOT NULL OR q.owner_person IS NOT NULL)
    AND (q.team IS NOT p.team OR q.owner_person IS NOT p.owner_person)
  GROUP BY f.port, q.team, q.owner, q.owner_person)),
-- The approvers who are an owner; those of one agreement together.
entitled(agreement, owner, counts, written) AS MATERIALIZED (
  SELECT agreement, n, max(counts),
         group_concat('`' || user || '`', ', ') || CASE count(*) WHEN 1 THEN ' is' ELSE ' are' END || ' only written down'
  FROM (SELECT a.agreement, w.n, a.counts, a.user
        FROM approval a
        JOIN agreement g ON g.key = a.agreement
        JOIN owner w ON w.port = g.port
        WHERE lower(a.user) = lower(w.person)
           OR :port_owner_counts AND lower(a.user) = lower(w.decider)
           OR NOT w.former AND EXISTS (SELECT 1 FROM authority u
                                       WHERE u.team = w.team AND u.role = 'owner' AND lower(u.user) = lower(a.user))
           OR w.former AND EXISTS (SELECT 1 FROM base.member m
                                   WHERE m.team = w.team AND m.role = 'owner' AND m.active AND lower(m.user) = lower(a.user))
        ORDER BY a.user)
  GROUP BY agreement, n)
SELECT g.key AS entity, '/approvedBy' AS at, c.name AS consumer, o.label AS port,
       CASE WHEN w.team IS NOT NULL    THEN ' of team `' || w.name || '`'
            WHEN w.person IS NOT NULL  THEN ', who is `' || w.person || '`'
            WHEN w.decider IS NOT NULL THEN ', who is `' || w.decider || '`'
            ELSE ', because it has none' END
         || CASE WHEN w.former THEN ', as before this change' ELSE '' END AS of,
       CASE WHEN e.written IS NULL
            THEN 'approved by ' || (SELECT group_concat('`' || user || '`', ', ')
                                    FROM (SELECT user FROM approval WHERE agreement = g.key ORDER BY user))
            ELSE 'nobody of them approved this change, ' || e.written END AS how,
       coalesce(g.ends, '') AS ends,
       json_array(o.key) AS related
FROM agreement g
JOIN port o ON o.key = g.port
JOIN product c ON c.key = g.consumer
JOIN owner w ON w.port = o.key
LEFT JOIN entitled e ON e.agreement = g.key AND e.owner = w.n
WHERE o.access IN ('restricted', 'private') AND o.status <> 'retired' AND c.status <> 'retired'
  AND (w.team IS NOT NULL OR w.person IS NOT NULL OR w.name IS NULL)      -- else its owner is a team that does not exist
  AND NOT coalesce(e.counts, 0)
