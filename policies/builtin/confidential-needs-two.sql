/*---
id: confidential-needs-two
title: A change that gives new access to confidential data is approved by two people besides its author
severity: error
for: agreement
message: "this change gives `{principal}` access to {what}{when}{more}: {n} of {needed} approvals by members of {owner} or `{governance}` (the author does not count)"
help: ask one more member of the owning team or of data governance to approve the pull request
needs: [base, approvals]
waivable: false
parameters: {approvals: 2, governance_team: data-governance}
values: [principal, owner]
tags: [access, approval, classification]
why: |
  One careless approval must not open confidential data. Compared is what really could be read before and after: a principal is
  a data product or a person, and it does not matter by which line the access comes: an agreement, an input port on an
  unrestricted port, a membership of a team, another owner of a product.

  It counts as well what the change gives later: an agreement that begins after today, or lasts longer than before. What is
  over gives nothing. And data stays what it is behind another door: the class of an asset is the highest class of the ports
  that hold it, now or in the base, and whoever newly gets at such an asset counts, by whatever port. An asset is known by its
  key and by where it lies. Only a port that held the asset in the base already, was `declassified` there and approved by a
  member of `governance_team`, gives it as harmless.

  What counts as an approval is that of the pull request, not `approvedBy`. Counted are different people who belong to the
  team that owns the port or to `governance_team`, in the base already; for a product that a person owns, that person. Who
  owned the product in the base counts as its owner, and a class that the same change lowers counts as it was. The author never
  counts. `approvals` says how many it takes.

  People who get in because the product gets in are not listed apart from it. That a product has access to its own new port
  is not new access; that somebody joins the team that owns a confidential port is. One finding covers all ports of one owner
  that a principal gets to by the same line.
bad: |
  # pull request of bob@acme.example, approved by ann@acme.example only
  kind: AccessAgreement
  port: customers            # confidential
  consumer: newsletter
  purpose: send the newsletter
  approvedBy: [ann@acme.example]
good: |
  # the same change, approved by ann@acme.example (crm-data) and gus@acme.example (data-governance)
  kind: AccessAgreement
  port: customers
  consumer: newsletter
  purpose: send the newsletter
  approvedBy: [ann@acme.example]
fix: |
  Ask a second member of the owning team, or of data governance, to approve the pull request; then run the check again with
  the new list of approvals.
---*/
WITH
-- Who has a say, in any spelling of the email.
approver(user, team, governs) AS MATERIALIZED (
  SELECT lower(u.user), u.team, t.name = :governance_team FROM authority u JOIN team t ON t.key = u.team),
vote(user, team, governs) AS MATERIALIZED (
  SELECT lower(a.user), u.team, u.governs
  FROM pr_approval a LEFT JOIN approver u ON u.user = lower(a.user)
  WHERE lower(a.user) IS NOT (SELECT lower(author) FROM run)),
-- Agreements of head that give something in time which the base does not: they begin later, or end later.
coming(key, port, consumer, ends, text) AS (
  SELECT g.key, g.port, g.consumer, g.ends,
         CASE WHEN g.state = 'in-force' THEN coalesce(' until ' || g.ends, ' without end')
              ELSE coalesce(' from ' || g.starts || ' on', '') END
  FROM run r
  JOIN agreement g
  JOIN input i ON i.product = g.consumer AND i.port = g.port
  WHERE g.state IS NOT 'ended' AND i.consent IN ('granted', 'not-yet')
    AND EXISTS (SELECT 1 FROM product_environment e JOIN environment v ON v.key = e.environment
                WHERE e.product = g.consumer AND v.aws)
    AND NOT EXISTS (SELECT 1 FROM base.agreement x
                    JOIN base.input y ON y.product = x.consumer AND y.port = x.port
                    WHERE x.port = g.port AND x.consumer = g.consumer AND y.consent IS NOT 'retired'
                      AND (x.starts IS NULL OR x.starts <= max(coalesce(g.starts, ''), coalesce(r.today, '')))
                      AND (x.ends IS NULL OR x.ends >= g.ends))
    AND NOT EXISTS (SELECT 1 FROM base.access a      -- nobody had to agree
                    WHERE a.port = g.port AND a.product = g.consumer AND a.kind = 'product' AND a.agreement IS NULL)),
-- Who gets at which port, by which line, and until when.
given(via, principal, kind, product, port, ends, text) AS MATERIALIZED (
  SELECT na.via, na.principal, na.kind, na.product, na.port, g.ends, ''
  FROM new_access na
  LEFT JOIN agreement g ON g.key = na.via
  WHERE na.kind = 'product' AND NOT na.own OR na.kind = 'person' AND NOT na.product_too
  UNION ALL
  SELECT g.key, c.name, 'product', c.key, g.port, g.ends, g.text
  FROM coming g JOIN product c ON c.key = g.consumer
  WHERE NOT EXISTS (SELECT 1 FROM new_access na WHERE na.via = g.key AND na.port = g.port AND na.kind = 'product')),
-- Assets by where they lie: what is renamed is the same data.
place(asset, text) AS MATERIALIZED (
  SELECT key, json_array(kind, bucket, path, database, schema, table_name) FROM asset),
place_then(asset, text) AS MATERIALIZED (
  SELECT key, json_array(kind, bucket, path, database, schema, table_name) FROM base.asset),
moved(asset, was) AS MATERIALIZED (
  SELECT h.asset, t.asset FROM place h JOIN place_then t ON t.text = h.text WHERE t.asset <> h.asset),
-- Assets of head that a confidential port holds, with what they were in the base.
guard(asset, was, class, classification, port, label) AS (
  SELECT f.asset, coalesce(b.key, m.was, f.asset), o.class, o.classification, o.key, o.label
  FROM port o
  JOIN offer f ON f.port = o.key
  LEFT JOIN base.asset b ON b.key = f.asset
  LEFT JOIN moved m ON m.asset = f.asset
  WHERE o.class >= 3
  UNION ALL
  SELECT a.key, f.asset, o.class, o.classification, o.key, o.label
  FROM base.port o JOIN base.offer f ON f.port = o.key JOIN asset a ON a.key = f.asset
  WHERE o.class >= 3
  UNION ALL
  SELECT m.asset, m.was, o.class, o.classification, o.key, o.label
  FROM moved m JOIN base.offer f ON f.asset = m.was JOIN base.port o ON o.key = f.port
  WHERE o.class >= 3),
guarded(asset, was, class, classification, port, label) AS MATERIALIZED (
  SELECT asset, was, max(class), classification, port, label FROM guard GROUP BY asset, was),
-- What the base offered as harmless, with an approval.
harmless(port, asset) AS MATERIALIZED (
  SELECT DISTINCT f.port, f.asset
  FROM base.declassifier e
  JOIN approver u ON u.user = lower(e.user)
  JOIN base.offer f ON f.port = e.port
  WHERE u.governs),
-- Confidential by the port itself, by an asset behind it, and by an asset that is put behind a port which is read already.
fresh(via, at, principal, port, home, class, what, text, source) AS (
  SELECT v.via, '', v.principal, o.key, o.product, max(o.class, coalesce(was.class, 0)),
         CASE WHEN was.class > o.class THEN was.classification ELSE o.classification END || ' port `' || o.label || '`',
         v.text, NULL
  FROM given v
  JOIN port o ON o.key = v.port
  LEFT JOIN base.port was ON was.key = o.key
  WHERE max(o.class, coalesce(was.class, 0)) >= 3
  UNION ALL
  SELECT v.via, '', v.principal, o.key, coalesce(t.product, o.product), g.class,
         'port `' || o.label || '`, which holds an asset of ' || g.classification || ' port `' || g.label || '`', v.text, g.port
  FROM given v
  JOIN port o ON o.key = v.port
  JOIN offer f ON f.port = o.key
  JOIN guarded g ON g.asset = f.asset
  LEFT JOIN asset a ON a.key = f.asset
  LEFT JOIN base.asset t ON t.key = g.was
  LEFT JOIN base.port was ON was.key = o.key
  LEFT JOIN harmless m ON m.port = o.key AND m.asset = g.was
  WHERE max(o.class, coalesce(was.class, 0)) < 3 AND a.product IS NOT v.product
    AND NOT EXISTS (SELECT 1 FROM base.offer bf JOIN base.access ba ON ba.port = bf.port
                    WHERE bf.asset = g.was AND ba.principal = v.principal AND ba.kind = v.kind
                      AND (ba.ends IS NULL OR ba.ends >= v.ends))
    AND m.port IS NULL
  UNION ALL
  SELECT o.key, '/assets', a.principal, o.key, coalesce(t.product, o.product), g.class,
         'port `' || o.label || '`, which newly holds an asset of ' || g.classification || ' port `' || g.label || '`', '', g.port
  FROM guarded g
  JOIN offer f ON f.asset = g.asset
  JOIN port o ON o.key = f.port
  JOIN access a ON a.port = f.port
  LEFT JOIN asset x ON x.key = g.asset
  LEFT JOIN base.asset t ON t.key = g.was
  WHERE NOT EXISTS (SELECT 1 FROM base.offer bf WHERE bf.port = f.port AND bf.asset = g.was)
    AND a.kind = 'product' AND NOT a.own AND x.product IS NOT a.product
    AND EXISTS (SELECT 1 FROM base.access ba WHERE ba.port = a.port AND ba.principal = a.principal AND ba.kind = 'product')
    AND NOT EXISTS (SELECT 1 FROM base.offer bf JOIN base.access ba ON ba.port = bf.port
                    WHERE bf.asset = g.was AND ba.principal = a.principal AND ba.kind = 'product'
                      AND (ba.ends IS NULL OR ba.ends >= a.ends))),
-- Once for each port, with who owns it: in the base, where it was there.
owned AS (
  SELECT f.via, f.at, f.principal, f.port, max(f.class) AS class, f.what, f.text, f.source,
         CASE WHEN b.key IS NULL THEN p.team ELSE b.team END AS team,
         CASE WHEN b.key IS NULL THEN p.owner ELSE b.owner END AS owner,
         CASE WHEN b.key IS NULL THEN p.owner_person ELSE b.owner_person END AS person
  FROM fresh f
  LEFT JOIN product p ON p.key = f.home
  LEFT JOIN base.product b ON b.key = f.home
  GROUP BY f.via, f.principal, f.port, 9, 11),
counted AS (
  SELECT f.*, count(DISTINCT v.user) AS n
  FROM owned f LEFT JOIN vote v ON v.governs OR v.team = f.team OR v.user = lower(f.person)
  GROUP BY f.via, f.principal, f.port, f.team, f.person)
SELECT via AS entity, at, principal, max(class) AS class, what, text AS "when",
       CASE count(*) WHEN 1 THEN '' WHEN 2 THEN ' and one more' ELSE ' and ' || (count(*) - 1) || ' more' END AS more,
       n, :approvals AS needed, :governance_team AS governance,
       CASE WHEN team IS NOT NULL THEN 'team `' || owner || '`'
            WHEN person IS NOT NULL THEN '`' || person || '`'
            ELSE 'its owner (it has none)' END AS owner,
       CASE WHEN source IS NULL OR source = port THEN json_array(port) ELSE json_array(port, source) END AS related
FROM (SELECT * FROM counted WHERE n < :approvals ORDER BY port)
GROUP BY via, principal, team, person
