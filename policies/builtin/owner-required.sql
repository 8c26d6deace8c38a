/*---
id: owner-required
title: A data product in use belongs to a team with an active owner in it
severity: error
for: product
message: "data product `{name}` has no owner: {why}"
help: set `owner` to a team that has at least one active member with role owner
max_waiver_days: 30
tags: [ownership]
why: |
  Somebody must answer for a product: consent to readers, mend it when it breaks, end it. A team outlives the people in it,
  but only if one of them has the say and is still there. The owner of a domain owns each of its products that names no other.

  Drafts may wait, and retired products need nobody. A person may own a product alone as long as it offers nothing (an
  exploration); with an output port others depend on it, and then a team must own it. A team that does not exist is an error
  of the reference (DPC3002) and not said again here. The glossaries of the portal have no field for an owner: there an active
  member of the product with role owner is enough.
bad: |
  kind: Team
  name: sales-data
  members: {bob@acme.example: member}
  ---
  kind: DataProduct
  name: orders
  owner: sales-data
good: |
  kind: Team
  name: sales-data
  members: {ann@acme.example: owner, bob@acme.example: member}
  ---
  kind: DataProduct
  name: orders
  owner: sales-data
fix: |
  Name the owning team in the product or in its domain. If it is named already, give one active member of the team the role
  owner.
---*/
SELECT p.key AS entity, '/owner' AS at, p.name,
       CASE WHEN p.owner IS NULL AND p.owned_by_members THEN 'none of its members has role owner'
            WHEN p.owner IS NULL            THEN 'neither it nor its domain names one'
            WHEN p.owner_person IS NOT NULL THEN '`' || p.owner_person || '` owns it alone, although it has output ports'
            ELSE 'team `' || p.owner || '` has no active member with role owner' END AS why,
       CASE WHEN p.team IS NOT NULL THEN json_array(p.team) END AS related
FROM product p
WHERE p.status NOT IN ('draft', 'retired')
  AND (p.owner IS NULL
       AND (NOT p.owned_by_members
            OR NOT EXISTS (SELECT 1 FROM member m WHERE m.product = p.key AND m.role = 'owner' AND m.active))
       OR p.owner_person IS NOT NULL AND EXISTS (SELECT 1 FROM port o WHERE o.product = p.key)
       OR p.team IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM member m WHERE m.team = p.team AND m.role = 'owner' AND m.active))
