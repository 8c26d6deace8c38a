/*---
id: class-does-not-drop
title: The class of a port is at least the highest class upstream, unless it is declassified with an approval
severity: error
for: port
message: "port `{port}` {has}, but {source_class} data flows in from `{source}`{why}"
help: raise the class of the port, or declare how the data was made harmless and who of data governance agreed
values: [source, source_class, has]
max_waiver_days: 90
parameters: {governance_team: data-governance, stop_at_declassified: false}
tags: [classification, lineage]
why: |
  A copy is as confidential as what it was made from. The class of a port is compared with the highest class of all ports that
  its product reads, directly or through others, at any depth; which of its assets is made from what (`from`) makes no
  difference. A port takes the class of its product when it has none; with
  neither it counts as lowest, so it is reported as soon as anything classified flows in.

  `declassified` excuses the port: it has a method, a reason and at least one approver who belongs to the team
  `governance_team`. In a pull request an approver counts who belonged to that team in the base already. `approvedBy` is a
  claim: where it is known who approved the pull request (`--approvals`, with a base), it counts only with that approval, and
  never as that of the author, unless the base has it already: by the same method, for the same reason, of no higher class,
  for the same assets, where they lie now.

  By default a declassified port upstream excuses only itself: products behind it are judged by what lay before it, and say
  `declassified` themselves. With `stop_at_declassified: true` what lies behind a port that says `declassified` no longer
  counts, whoever approved it; that port itself is judged here.
bad: |
  kind: DataProduct
  name: revenue-by-region
  inputPorts: [{port: orders, purpose: sum by region}]   # orders is confidential
  outputPorts:
    revenue: {assets: [revenue], classification: internal}
good: |
  kind: DataProduct
  name: revenue-by-region
  inputPorts: [{port: orders, purpose: sum by region}]
  outputPorts:
    revenue:
      assets: [revenue]
      classification: internal
      declassified:
        method: aggregated
        reason: sums over at least a thousand orders
        approvedBy: [gus@acme.example]      # of team data-governance
fix: |
  Raise `classification` of the port or of its product. If the data really is harmless now, say how in `declassified` and let
  a member of data governance approve it.
---*/
WITH approver(user) AS MATERIALIZED (
  SELECT DISTINCT lower(u.user) FROM authority u JOIN team t ON t.key = u.team WHERE t.name = :governance_team),
-- Who of data governance approved that a port is declassified; those of one port together.
governor(port, counts, written) AS MATERIALIZED (
  SELECT port, max(counts),
         group_concat('`' || user || '`', ', ') || CASE count(*) WHEN 1 THEN ' is' ELSE ' are' END || ' only written down'
  FROM (SELECT d.port, d.counts, d.user
        FROM declassifier d JOIN approver u ON u.user = lower(d.user)
        ORDER BY d.user)
  GROUP BY port)
SELECT o.key AS entity, '/classification' AS at, o.label AS port,
       CASE WHEN o.classification IS NULL THEN 'has no class'
            ELSE 'is only ' || o.classification END AS has,
       s.classification AS source_class, s.label AS source,
       CASE WHEN o.declassified IS NOT NULL
            THEN ' and nobody of team `' || :governance_team || '` approved '
                 || CASE WHEN g.written IS NULL THEN 'that it is declassified'
                         ELSE 'this change, by which it is declassified: ' || g.written END
            ELSE '' END AS why,
       json_array(s.key) AS related
FROM upstream u
JOIN port o ON o.product = u.product
LEFT JOIN governor g ON g.port = o.key
JOIN port s ON s.key = CASE WHEN :stop_at_declassified THEN u.class_behind_declassified_port ELSE u.class_port END
WHERE o.class < s.class
  AND o.status <> 'retired'
  AND NOT (o.declassified IS NOT NULL AND coalesce(g.counts, 0))
