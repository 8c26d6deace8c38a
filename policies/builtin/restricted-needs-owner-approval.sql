/*---
id: restricted-needs-owner-approval
title: Access to a restricted or private port is approved by its owner
severity: error
for: agreement
message: "the agreement that lets `{consumer}` read `{port}` is not approved by an owner{of}: approved by {approvers}"
help: let a member with role owner of the team that owns the port approve, and add the email to `approvedBy`
waivable: false
parameters: {port_owner_counts: true}
values: [of]
tags: [access, approval]
why: |
  An agreement is the consent of the owner of the data, so one of its approvers must be one: an active member with role owner
  of the team that owns the product of the port. A product that a person owns: that person. A port that names an `owner` of
  its own: that person too, unless `port_owner_counts` is false. It holds for private ports as well, because a private port
  is a restricted one that is not shown to others.

  A pull request cannot make its own approver. Roles count only if the base had them already; and while a pull request gives
  a product or a port another owner, an owner of before and an owner of after must both have approved. A new port that names
  its own owner is such a change too: its product had an owner before. And so is an asset that newly lies where one of another
  product lay in the base, in it or around it: who owned that product is an owner of before, whatever its name is now. Emails are compared without regard to case.

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
  Ask an owner of the port's team to approve the pull request, and put the email under `approvedBy`.
---*/
WITH RECURSIVE
-- Where assets lie: folders of buckets and tables of databases. Each ends in a slash and begins with what is around it.
place(asset, text, root) AS MATERIALIZED (
  SELECT DISTINCT a.key, 's3://' || coalesce(b.bucket_name, a.bucket, '') || '/' || coalesce(a.path || '/', ''),
         's3://' || coalesce(b.bucket_name, a.bucket, '') || '/'
  FROM asset a
  LEFT JOIN placement p ON p.asset = a.key
  LEFT JOIN bucket b ON b.key = p.bucket
  WHERE a.kind IN ('s3', 'glue') AND (a.path IS NOT NULL OR a.whole_bucket)
  UNION ALL
  SELECT key, kind || '://' || coalesce(database, '') || CASE WHEN kind = 'glue' THEN '-' || coalesce(schema, '') ELSE '' END || '/'
              || CASE WHEN kind = 'glue' THEN ''
                      WHEN table_name IS NOT NULL THEN coalesce(schema, '') || '/' ELSE coalesce(schema || '/', '') END
              || coalesce(table_name || '/', '') || CASE WHEN kind = 'azure' THEN coalesce(path || '/', '') ELSE '' END, kind || '://'
  FROM asset
  WHERE kind <> 's3' AND NOT (kind = 'glue' AND table_name IS NOT NULL AND path IS NOT NULL)),    -- else its files tell
place_then(asset, text, root) AS MATERIALIZED (
  SELECT DISTINCT a.key, 's3://' || coalesce(b.bucket_name, a.bucket, '') || '/' || coalesce(a.path || '/', ''),
         's3://' || coalesce(b.bucket_name, a.bucket, '') || '/'
  FROM base.asset a
  LEFT JOIN base.placement p ON p.asset = a.key
  LEFT JOIN base.bucket b ON b.key = p.bucket
  WHERE a.kind IN ('s3', 'glue') AND (a.path IS NOT NULL OR a.whole_bucket)
  UNION ALL
  SELECT key, kind || '://' || coalesce(database, '') || CASE WHEN kind = 'glue' THEN '-' || coalesce(schema, '') ELSE '' END || '/'
              || CASE WHEN kind = 'glue' THEN ''
                      WHEN table_name IS NOT NULL THEN coalesce(schema, '') || '/' ELSE coalesce(schema || '/', '') END
              || coalesce(table_name || '/', '') || CASE WHEN kind = 'azure' THEN coalesce(path || '/', '') ELSE '' END, kind || '://'
  FROM base.asset
  WHERE kind <> 's3'),
-- Assets that lie elsewhere than in the base, or are new: what lay there, in it or around it, was of another product before.
moved(asset, product, text, root) AS MATERIALIZED (
  SELECT h.asset, a.product, h.text, h.root
  FROM (SELECT asset, text, root FROM place EXCEPT SELECT asset, text, root FROM place_then) h
  JOIN asset a ON a.key = h.asset
  WHERE (SELECT has_base FROM run)),
climb(text, up, root, former) AS (
  SELECT text, text, root, 0 FROM moved
  UNION
  SELECT text, text, root, 1 FROM place_then WHERE EXISTS (SELECT 1 FROM moved)
  UNION
  SELECT text, rtrim(rtrim(up, '/'), replace(up, '/', '')), root, former FROM climb WHERE length(up) > length(root)),
meets(its, theirs) AS MATERIALIZED (
  SELECT CASE WHEN former THEN up ELSE text END, CASE WHEN former THEN text ELSE up END FROM climb),
taken(asset, product, was) AS MATERIALIZED (
  SELECT DISTINCT m.asset, m.product, b.key
  FROM moved m
  JOIN meets e ON e.its = m.text
  JOIN place_then t ON t.text = e.theirs
  JOIN base.asset b ON b.key = t.asset
  WHERE b.product IS NOT m.product),
owner(port, former, team, name, person, decider) AS MATERIALIZED (
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
  JOIN base.asset x ON x.key = k.was
  JOIN base.product q ON q.key = x.product
  LEFT JOIN base.offer bf ON bf.asset = k.was
  LEFT JOIN base.port b ON b.key = bf.port
  WHERE (q.team IS NOT NULL OR q.owner_person IS NOT NULL)
    AND (q.team IS NOT p.team OR q.owner_person IS NOT p.owner_person)
  GROUP BY f.port, q.team, q.owner, q.owner_person)
SELECT g.key AS entity, '/approvedBy' AS at, c.name AS consumer, o.label AS port,
       CASE WHEN w.team IS NOT NULL    THEN ' of team `' || w.name || '`'
            WHEN w.person IS NOT NULL  THEN ', who is `' || w.person || '`'
            WHEN w.decider IS NOT NULL THEN ', who is `' || w.decider || '`'
            ELSE ', because it has none' END
         || CASE WHEN w.former THEN ', as before this change' ELSE '' END AS of,
       (SELECT group_concat('`' || user || '`', ', ')
        FROM (SELECT user FROM approval WHERE agreement = g.key ORDER BY user)) AS approvers,
       json_array(o.key) AS related
FROM agreement g
JOIN port o ON o.key = g.port
JOIN product c ON c.key = g.consumer
JOIN owner w ON w.port = o.key
WHERE o.access IN ('restricted', 'private') AND o.status <> 'retired' AND c.status <> 'retired'
  AND (w.team IS NOT NULL OR w.person IS NOT NULL OR w.name IS NULL)      -- else its owner is a team that does not exist
  AND NOT EXISTS (SELECT 1 FROM approval a
                  WHERE a.agreement = g.key
                    AND (lower(a.user) = lower(w.person)
                         OR :port_owner_counts AND lower(a.user) = lower(w.decider)
                         OR NOT w.former AND EXISTS (SELECT 1 FROM authority u
                                                     WHERE u.team = w.team AND u.role = 'owner'
                                                       AND lower(u.user) = lower(a.user))
                         OR w.former AND EXISTS (SELECT 1 FROM base.member m
                                                 WHERE m.team = w.team AND m.role = 'owner' AND m.active
                                                   AND lower(m.user) = lower(a.user))))
