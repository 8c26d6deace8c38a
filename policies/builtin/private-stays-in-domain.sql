/*---
id: private-stays-in-domain
title: A private port is read within its domain only, a restricted one only with consent in force
severity: error
for: input
message: "`{consumer}` reads {access} port `{port}` {why}"
help: ask the owner of the port for an agreement or for a port that may be shared, or remove the input port
needs: [today]
values: [why, agreed]
max_waiver_days: 90
tags: [access]
why: |
  A private port is for its own domain: what is in it may change any day, and nobody outside is told. Products without a
  domain are in no domain, so they neither read private ports of others nor have theirs read. A restricted port is read with
  an agreement that is in force on the day of the run.

  dpc grants nothing without consent, and says so as a warning (DPC6001 to DPC6003); this policy makes the merge wait for it.
  That a private port needs consent within its domain as well is left to that warning. A port that does not exist is an error
  of the reference (DPC3003), and a retired one is reported by `no-prod-on-deprecated`.
bad: |
  kind: DataProduct
  name: revenue
  domain: finance
  inputPorts: [{port: orders/scratch, purpose: reconcile}]   # private, of domain sales
good: |
  kind: DataProduct
  name: revenue
  domain: finance
  inputPorts: [{port: orders/orders, purpose: reconcile}]    # restricted, with an agreement in force
fix: |
  For a private port ask its owner to offer a restricted one. For a restricted port ask its owner for an agreement, in the
  owner's folder; the warning of dpc beside this finding names the file.
---*/
SELECT i.key AS entity, '/port' AS at, c.name AS consumer, o.label AS port, o.access,
       CASE WHEN o.access = 'private' AND p.domain IS NULL THEN 'of another product that is in no domain'
            WHEN o.access = 'private' THEN 'of domain `' || p.domain || '`, '
              || CASE WHEN c.domain IS NULL THEN 'but is in no domain' ELSE 'but is of domain `' || c.domain || '`' END
            WHEN i.consent = 'missing' THEN 'without an agreement'
            WHEN i.consent = 'ended'   THEN 'although the agreement has ended'
            ELSE 'before the agreement begins' END AS why,
       (SELECT group_concat(coalesce(starts, '') || ' to ' || coalesce(ends, ''), ', ')
        FROM (SELECT starts, ends FROM agreement g WHERE g.port = o.key AND g.consumer = c.key ORDER BY starts, ends)) AS agreed,
       json_array(o.key) AS related
FROM input i
JOIN product c ON c.key = i.product
JOIN port o ON o.key = i.port
JOIN product p ON p.key = o.product
WHERE c.status <> 'retired' AND o.status <> 'retired'
  AND (o.access = 'private' AND (c.domain IS NULL OR c.domain IS NOT p.domain)
       OR o.access = 'restricted' AND i.consent IN ('missing', 'ended', 'not-yet'))
