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
    of `governance_team` as in `class-does-not-drop`.

  That nothing outside production writes there needs no policy: a role writes in its own environment only. An environment is
  production if it says `production: true`, or says nothing and is named, or has the alias, prod or production.
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
WITH mixed AS (
  SELECT DISTINCT i.key, p.name AS product, o.key AS port, o.label, o.declassified, g.role_production,
         e.name AS environment, f.name AS "from", g.environment AS environment_key
  FROM grant g
  JOIN input i ON i.key = g.input
  JOIN port o ON o.key = g.port
  JOIN product p ON p.key = g.product
  JOIN environment e ON e.key = g.environment
  JOIN environment f ON f.key = g.asset_environment
  WHERE g.role_production <> g.asset_production
    AND (g.role_production
         OR g.access_right = 'read'
            AND (o.declassified IS NULL
                 OR NOT EXISTS (SELECT 1 FROM declassifier d
                                JOIN team t ON t.name = :governance_team
                                JOIN authority a ON a.team = t.key AND lower(a.user) = lower(d.user)
                                WHERE d.port = o.key)))
  ORDER BY i.key, g.role_production, f.name, e.name)
SELECT key AS entity, '/port' AS at, product, label AS port, min(environment) AS environment, min("from") AS "from",
       CASE WHEN role_production THEN 'into' ELSE 'out of' END AS direction,
       group_concat("from" || ' to ' || environment, ', ') AS ways,
       CASE WHEN role_production THEN 'production must not rest on what lies outside it'
            WHEN declassified IS NULL THEN 'data of production, and the port is not declassified'
            ELSE 'data of production, and nobody of team `' || :governance_team || '` approved that it is declassified'
            END AS why,
       json_array(port, min(environment_key)) AS related
FROM mixed
GROUP BY key, role_production
