/*---
id: environments-do-not-mix
title: Production reads production only, and its data leaves production only when declassified
severity: error
for: input
message: "`{product}` in `{environment}` reads port `{port}` from `{from}`: {why}"
help: take the environment out of `canReadFrom`, or let the port be declassified
max_waiver_days: 30
parameters: {governance_team: data-governance}
values: [direction, ways]
tags: [environments]
why: |
  What production makes must not rest on trial data, and real data must not lie about where everybody tries things. Judged are
  the rights that roles really have, so it is about environments that read from others (`canReadFrom`):

  - a role in production reads nothing that lies outside production;
  - a role outside production reads what lies in production only through a port that is `declassified`, approved by a member
    of `governance_team` as in `class-does-not-drop`: who is only written down, in a change that they did not approve, does
    not count.

  That nothing outside production writes there needs no policy: a role writes in its own environment only. An environment is
  production if it says `production: true`, or says nothing and its name or an alias is prod, prd, production or live, alone or with a region.
bad: |
  kind: Environment
  name: development
  canReadFrom: [production]
  ---
  kind: DataProduct
  name: forecast
  inputPorts: [{port: orders, purpose: forecast demand}]
good: |
  kind: Environment
  name: development
  canReadFrom: [staging]
  ---
  kind: DataProduct
  name: forecast
  inputPorts: [{port: orders, purpose: forecast demand}]
fix: |
  Let environments read from others of their own kind. Where real data is needed for trying things, offer it by a port that
  is masked or aggregated and says so in `declassified`.
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
  GROUP BY port),
mixed AS (
  SELECT DISTINCT i.key, p.name AS product, o.key AS port, o.label, o.declassified, w.written, g.role_production,
         e.name AS environment, f.name AS "from", g.environment AS environment_key
  FROM grant g
  LEFT JOIN governor w ON w.port = g.port
  JOIN input i ON i.key = g.input
  JOIN port o ON o.key = g.port
  JOIN product p ON p.key = g.product
  JOIN environment e ON e.key = g.environment
  JOIN environment f ON f.key = g.asset_environment
  WHERE g.role_production <> g.asset_production
    AND (g.role_production
         OR g.access_right = 'read'
            AND NOT (o.declassified IS NOT NULL AND coalesce(w.counts, 0)))
  ORDER BY i.key, g.role_production, f.name, e.name)
SELECT key AS entity, '/port' AS at, product, label AS port, min(environment) AS environment, min("from") AS "from",
       CASE WHEN role_production THEN 'into' ELSE 'out of' END AS direction,
       group_concat("from" || ' to ' || environment, ', ') AS ways,
       CASE WHEN role_production THEN 'production must not rest on what lies outside it'
            WHEN declassified IS NULL THEN 'data of production, and the port is not declassified'
            ELSE 'data of production, and nobody of team `' || :governance_team || '` approved '
                 || CASE WHEN max(written) IS NULL THEN 'that it is declassified'
                         ELSE 'this change, by which it is declassified: ' || max(written) END
            END AS why,
       json_array(port, min(environment_key)) AS related
FROM mixed
GROUP BY key, role_production
