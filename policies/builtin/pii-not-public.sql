/*---
id: pii-not-public
title: An output port with personal data is never unrestricted
severity: error
for: port
message: "port `{port}` is unrestricted but holds personal data: {what}"
help: set `access` to restricted, or take the personal data out of the port
values: [what]
waivable: false
tags: [personal-data, access]
why: |
  Every product that declares an input port on an unrestricted port may read it; nobody is asked. Personal data needs somebody
  who knows who reads it and what for. So it counts whether the port as a whole or one of its columns is marked `personal`,
  and in a draft as well as in a product in use. Only retired products are left out: they offer nothing.
bad: |
  outputPorts:
    customers:
      assets: [customers]
      access: unrestricted
      columns: {email: {personal: true}, country: {}}
good: |
  outputPorts:
    customers:
      assets: [customers]
      access: restricted
      columns: {email: {personal: true}, country: {}}
    countries:
      assets: [countries]
      access: unrestricted
      columns: {country: {}}
fix: |
  Make the port restricted: each reader then needs an agreement. Offer what anybody may read as a second port that is made
  without the personal columns.
---*/
WITH named(port, columns, n, sources) AS (
  SELECT port, group_concat('`' || name || '`', ', '), count(*), json_group_array(key)
  FROM (SELECT c.port, c.name, c.key FROM port o CROSS JOIN column c ON c.port = o.key
        WHERE o.access = 'unrestricted' AND c.personal ORDER BY c.port, c.name)
  GROUP BY port)
SELECT o.key AS entity, '/access' AS at, o.label AS port,
       CASE WHEN d.n = 1 THEN 'column ' || d.columns
            WHEN d.n > 1 THEN 'columns ' || d.columns
            ELSE 'the port says so' END AS what,
       d.sources AS related
FROM port o
LEFT JOIN named d ON d.port = o.key
WHERE o.access = 'unrestricted' AND o.personal AND o.status <> 'retired'
