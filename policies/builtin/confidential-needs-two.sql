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

  It counts as well what the change gives later: an agreement that begins after today, or lasts longer than before; those that
  follow one another without a day between are one. What is over gives nothing. A reader that enters an environment counts where
  it gets at data of another environment by that today; a change of which environments may be read from which does not.

  And data stays what it is behind another door: the class of an asset is the highest class of the ports that hold it, now or in
  the base, and whoever newly gets at such an asset counts, by whatever port. An asset is known by its key and by where it lies:
  the same folder of a bucket or table of a database, one in it, or one around it, whatever its kind and its name. Another
  product that declares an asset of its own there counts, too, unless it is the old one with another name and the same owner. Who
  may read the same data before and after, for as long, gets nothing new: not by a port with another name, nor by new data of no
  higher class behind a port that it reads. Only a port that held the asset in the base already, was `declassified` there
  and approved by a member of `governance_team`, gives it as harmless.

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
WITH RECURSIVE
-- Who has a say, in any spelling of the email.
approver(user, team, governs) AS MATERIALIZED (
  SELECT lower(u.user), u.team, t.name = :governance_team FROM authority u JOIN team t ON t.key = u.team),
vote(user, team, governs) AS MATERIALIZED (
  SELECT lower(a.user), u.team, u.governs
  FROM pr_approval a LEFT JOIN approver u ON u.user = lower(a.user)
  WHERE lower(a.user) IS NOT (SELECT lower(author) FROM run)),
-- Days are numbers here: 0 has always been, 9999999 never comes. Agreements of the base that follow one another are one.
clock(today) AS MATERIALIZED (SELECT coalesce(days(today), 0) FROM run),
span_then(consumer, port, first, last) AS MATERIALIZED (
  SELECT consumer, port, min(first), max(last)
  FROM (SELECT *, sum(begins) OVER (PARTITION BY consumer, port ORDER BY first, last ROWS UNBOUNDED PRECEDING) AS part
        FROM (SELECT *, coalesce(first > 1 + max(last) OVER (PARTITION BY consumer, port ORDER BY first, last
                                                             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 1) AS begins
              FROM (SELECT x.consumer, x.port, coalesce(days(x.starts), 0) AS first, coalesce(days(x.ends), 9999999) AS last
                    FROM base.agreement x
                    JOIN base.input y ON y.product = x.consumer AND y.port = x.port
                    WHERE y.consent IS NOT 'retired')))
  GROUP BY consumer, port, part),
-- Agreements of head that give something in time which the base does not: they begin later, or end later.
coming(key, port, consumer, first, last, text) AS (
  SELECT g.key, g.port, g.consumer, max(coalesce(days(g.starts), 0), k.today), coalesce(days(g.ends), 9999999),
         CASE WHEN g.state = 'in-force' THEN coalesce(' until ' || g.ends, ' without end')
              ELSE coalesce(' from ' || g.starts || ' on', '') END
  FROM clock k
  JOIN agreement g
  JOIN input i ON i.product = g.consumer AND i.port = g.port
  LEFT JOIN span_then x ON x.port = g.port AND x.consumer = g.consumer AND x.last >= coalesce(days(g.ends), 9999999)
    AND x.first <= max(coalesce(days(g.starts), 0), k.today)
  WHERE g.state IS NOT 'ended' AND i.consent IN ('granted', 'not-yet')
    AND EXISTS (SELECT 1 FROM product_environment e JOIN environment v ON v.key = e.environment
                WHERE e.product = g.consumer AND v.aws)
    AND x.port IS NULL
    AND NOT EXISTS (SELECT 1 FROM base.access a      -- nobody had to agree
                    WHERE a.port = g.port AND a.product = g.consumer AND a.kind = 'product' AND a.agreement IS NULL AND a.through IS NULL)),
-- Environments that products of the base enter.
entered(product, environment) AS MATERIALIZED (
  SELECT e.product, e.environment
  FROM product_environment e
  WHERE NOT EXISTS (SELECT 1 FROM base.product_environment x WHERE x.product = e.product AND x.environment = e.environment)
    AND EXISTS (SELECT 1 FROM base.product b WHERE b.key = e.product)),
-- Who gets at which port, by which line, and until when; wider: from an environment that the product enters.
given(via, principal, kind, product, port, first, last, text, wider) AS MATERIALIZED (
  SELECT na.via, na.principal, na.kind, na.product, na.port, k.today, coalesce(days(g.ends), 9999999), '', 0
  FROM new_access na
  JOIN clock k
  LEFT JOIN agreement g ON g.key = na.via
  WHERE na.through IS NULL AND (na.kind = 'product' AND NOT na.own OR na.kind = 'person' AND NOT na.product_too)
  UNION ALL
  SELECT g.key, c.name, 'product', c.key, g.port, g.first, g.last, g.text, 0
  FROM coming g JOIN product c ON c.key = g.consumer
  WHERE NOT EXISTS (SELECT 1 FROM new_access na WHERE na.via = g.key AND na.port = g.port AND na.kind = 'product' AND na.through IS NULL)
  UNION ALL
  SELECT coalesce(w.agreement, w.input), c.name, 'product', c.key, w.port, k.today, coalesce(days(w.ends), 9999999),
         ' in `' || min(v.name) || '`', 1
  FROM entered e
  JOIN clock k
  JOIN "grant" w ON w.product = e.product AND w.environment = e.environment
  JOIN product c ON c.key = w.product
  JOIN environment v ON v.key = w.asset_environment
  WHERE w.access_right = 'read' AND w.port IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM base."grant" xw WHERE xw.product = w.product AND xw.placement = w.placement)
    AND NOT EXISTS (SELECT 1 FROM new_access na WHERE na.product = w.product AND na.port = w.port AND na.kind = 'product' AND na.through IS NULL)
  GROUP BY coalesce(w.agreement, w.input), w.port),
-- Where assets lie: folders of buckets, tables of databases, and the asset itself. Each ends in a slash and begins with what is around it.
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
  WHERE kind <> 's3' AND NOT (kind = 'glue' AND table_name IS NOT NULL AND path IS NOT NULL)      -- its files tell
  UNION ALL
  SELECT key, key, key FROM asset),
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
  WHERE kind <> 's3'
  UNION ALL
  SELECT key, key, key FROM base.asset),
-- Assets of head about which there is something to ask: they lie elsewhere, are behind another port, or somebody gets at their port.
touched(asset) AS MATERIALIZED (
  SELECT asset FROM (SELECT asset, text FROM place EXCEPT SELECT asset, text FROM place_then)
  UNION
  SELECT f.asset FROM offer f WHERE NOT EXISTS (SELECT 1 FROM base.offer b WHERE b.port = f.port AND b.asset = f.asset)
  UNION
  SELECT f.asset FROM given v JOIN offer f ON f.port = v.port),
-- What confidential ports hold, in the base (former) and in head.
guarded(text, root, asset, product, class, classification, port, label, former) AS MATERIALIZED (
  SELECT text, root, asset, product, max(class), classification, port, label, former
  FROM (SELECT t.text, t.root, f.asset, o.product, o.class, o.classification, o.key AS port, o.label, 1 AS former
        FROM base.port o
        JOIN base.offer f ON f.port = o.key
        JOIN place_then t ON t.asset = f.asset
        WHERE o.class >= 3
        UNION ALL
        SELECT t.text, t.root, f.asset, o.product, o.class, o.classification, o.key, o.label, 0
        FROM port o
        JOIN offer f ON f.port = o.key
        JOIN place t ON t.asset = f.asset
        WHERE o.class >= 3)
  WHERE EXISTS (SELECT 1 FROM touched)
  GROUP BY text, product, former),
-- Each of these places with all that is around it; then twice, as the place of a touched asset and of a confidential one.
climb(text, up, root) AS (
  SELECT h.text, h.text, h.root FROM touched d JOIN place h ON h.asset = d.asset
  UNION
  SELECT text, text, root FROM guarded
  UNION
  SELECT text, rtrim(rtrim(up, '/'), replace(up, '/', '')), root
  FROM climb
  WHERE length(up) > length(root)),
around(text, up, its, theirs) AS MATERIALIZED (
  SELECT c.text, c.up, CASE s.column1 WHEN 0 THEN c.text ELSE c.up END, CASE s.column1 WHEN 0 THEN c.up ELSE c.text END
  FROM climb c JOIN (VALUES (0), (1)) s
  WHERE s.column1 = 0 OR c.up <> c.text),
-- Touched assets that lie where confidential data lies, in it or around it; text is what they have in common.
hit(asset, text, class, classification, port, label, source, home, former, word) AS MATERIALIZED (
  SELECT h.asset, c.text, g.class, g.classification, g.port, g.label, g.asset, g.product, g.former,
         CASE WHEN c.its = c.theirs THEN 'an asset' ELSE 'data' END
  FROM guarded g
  JOIN around c ON c.theirs = g.text
  JOIN place h ON h.text = c.its
  JOIN touched d ON d.asset = h.asset),
-- Who gets at a port, and who reads one already, now or later, behind which there is something touched.
reach(already, via, principal, kind, product, port, first, last, text, wider) AS MATERIALIZED (
  SELECT 0, via, principal, kind, product, port, first, last, text, wider FROM given
  UNION ALL
  SELECT 1, a.port, a.principal, a.kind, a.product, a.port, k.today, coalesce(days(a.ends), 9999999), '', 0
  FROM (SELECT DISTINCT f.port FROM touched d JOIN offer f ON f.asset = d.asset) q
  JOIN clock k
  JOIN access a ON a.port = q.port
  WHERE a.kind = 'product' AND NOT a.own AND a.through IS NULL
    AND EXISTS (SELECT 1 FROM base.access xa WHERE xa.port = a.port AND xa.principal = a.principal AND xa.kind = 'product' AND xa.through IS NULL)
  UNION ALL
  SELECT 1, g.port, c.name, 'product', c.key, g.port, days(g.starts), coalesce(days(g.ends), 9999999), ' from ' || g.starts || ' on', 0
  FROM agreement g
  JOIN input i ON i.product = g.consumer AND i.port = g.port
  JOIN product c ON c.key = g.consumer
  WHERE g.state = 'not-yet' AND i.consent IN ('granted', 'not-yet')
    AND EXISTS (SELECT 1 FROM base.agreement xg WHERE xg.port = g.port AND xg.consumer = g.consumer)),
-- What the base offered as harmless, with an approval.
harmless(port, asset) AS MATERIALIZED (
  SELECT DISTINCT f.port, f.asset
  FROM base.declassifier e
  JOIN approver u ON u.user = lower(e.user)
  JOIN base.offer f ON f.port = e.port
  WHERE u.governs),
-- Confidential by the port itself; by an asset behind it, also one that is put behind a port which is read already; by an asset of
-- another product in the place. What was so before is no news: lies and source say what to look for in the base. It is none when the
-- principal read that, by a port of class least; when the port same held it, or port safe as harmless; when the product owner had it.
candidate(n, via, at, principal, kind, port, home, class, what, text, about, first, last, lies, source, least, same, safe, owner)
AS MATERIALIZED (
  SELECT row_number() OVER (), * FROM (
  SELECT v.via, '', v.principal, v.kind, o.key, o.product, max(o.class, coalesce(was.class, 0)),
         CASE WHEN was.class > o.class THEN was.classification ELSE o.classification END || ' port `' || o.label || '`',
         v.text, NULL, v.first, v.last, h.text, h.asset, 3, NULL, NULL, NULL
  FROM given v
  JOIN port o ON o.key = v.port
  LEFT JOIN base.port was ON was.key = o.key
  LEFT JOIN offer f ON f.port = o.key AND NOT v.wider AND was.key IS NULL
  LEFT JOIN place h ON h.asset = f.asset AND h.text <> h.asset
  WHERE max(o.class, coalesce(was.class, 0)) >= 3
  UNION ALL
  SELECT v.via, CASE WHEN v.already THEN '/assets' ELSE '' END, v.principal, v.kind, o.key, coalesce(h.home, o.product), h.class,
         CASE WHEN h.port = o.key THEN h.classification || ' port `' || o.label || '`, which newly is so and holds another asset'
              ELSE 'port `' || o.label || CASE WHEN v.already THEN '`, which newly holds ' ELSE '`, which holds ' END
                   || h.word || ' of ' || h.classification || ' port `' || h.label || '`' END,
         v.text, h.port, v.first, v.last, h.text, h.source, CASE WHEN v.wider THEN 9 ELSE 0 END,
         CASE WHEN v.already THEN o.key END, CASE WHEN NOT v.already THEN o.key END, NULL
  FROM reach v
  JOIN port o ON o.key = v.port
  JOIN offer f ON f.port = o.key
  JOIN hit h ON h.asset = f.asset
  LEFT JOIN asset x ON x.key = h.asset
  LEFT JOIN base.port was ON was.key = o.key
  WHERE x.product IS NOT v.product
    AND CASE WHEN v.already THEN h.former OR h.class > coalesce(was.class, 0)   -- else new data, and its readers may read that class
             ELSE max(o.class, coalesce(was.class, 0)) < 3 END
  UNION ALL
  SELECT h.asset, '', p.name, 'product', h.port, h.home, h.class,
         'data of ' || h.classification || ' port `' || h.label || '`, by an asset of its own', '', NULL,
         k.today, 9999999, h.text, h.source, 0, NULL, NULL, p.key
  FROM hit h
  JOIN clock k
  LEFT JOIN asset x ON x.key = h.asset
  JOIN product p ON p.key = x.product
  LEFT JOIN product still ON still.key = h.home
  LEFT JOIN base.product was ON was.key = h.home
  WHERE h.home IS NOT x.product
    AND EXISTS (SELECT 1 FROM "grant" w WHERE w.asset = h.asset AND w.product = p.key AND w.access_right = 'own')
    AND NOT (still.key IS NULL AND was.team IS p.team AND was.owner_person IS p.owner_person      -- it only has another name
             AND coalesce(p.team, p.owner_person) IS NOT NULL))),
held(lies, source, asset) AS MATERIALIZED (
  SELECT DISTINCT q.lies, q.source, t.asset
  FROM (SELECT DISTINCT c.lies, c.source, CASE s.column1 WHEN 0 THEN c.lies ELSE c.source END AS text
        FROM candidate c JOIN (VALUES (0), (1)) s) q
  JOIN around c ON c.text = q.text
  JOIN place_then t ON t.text = c.up),
door(lies, source, port, class, harmless, owner) AS MATERIALIZED (
  SELECT DISTINCT q.lies, q.source, o.key, coalesce(o.class, 0), m.port IS NOT NULL, a.product
  FROM held q
  JOIN base.asset a ON a.key = q.asset
  LEFT JOIN base.offer f ON f.asset = q.asset
  LEFT JOIN base.port o ON o.key = f.port
  LEFT JOIN harmless m ON m.port = f.port AND m.asset = q.asset),
reader_then(port, principal, kind, first, last) AS MATERIALIZED (
  SELECT a.port, a.principal, a.kind, 0, coalesce(days(a.ends), 9999999)
  FROM (SELECT DISTINCT port FROM door) q
  JOIN base.access a ON a.port = q.port
  WHERE (a.agreement IS NULL OR a.kind = 'person') AND a.through IS NULL
  UNION ALL
  SELECT s.port, c.name, 'product', s.first, s.last FROM span_then s JOIN base.product c ON c.key = s.consumer),
fresh AS (
  SELECT c.via, c.at, c.principal, c.port, c.home, c.class, c.what, c.text, c.about AS source
  FROM candidate c
  LEFT JOIN door q ON q.lies = c.lies AND q.source = c.source
  LEFT JOIN reader_then r ON r.port = q.port AND r.principal = c.principal AND r.kind = c.kind
  GROUP BY c.n
  HAVING NOT max(max(coalesce(q.port = c.same, 0), coalesce(q.port = c.safe AND q.harmless, 0), coalesce(q.owner = c.owner, 0),
                 coalesce(q.class >= c.least AND r.first <= c.first AND r.last >= c.last, 0)))),
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
