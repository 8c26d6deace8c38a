/*---
id: confidential-needs-two
title: A change that gives new access to confidential data is approved by two people besides its author
severity: error
for: agreement
message: "this change gives `{principal}` access to {classification} port `{port}`{more}: {n} of {needed} approvals by members of {owner} or `{governance}` (the author does not count)"
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
WITH fresh AS (
  SELECT na.via, na.principal, o.key AS port, o.label, max(o.class, coalesce(was.class, 0)) AS class,
         CASE WHEN was.class > o.class THEN was.classification ELSE o.classification END AS classification,
         coalesce(b.key, p.key) AS product,
         CASE WHEN b.key IS NULL THEN p.team ELSE b.team END AS team,
         CASE WHEN b.key IS NULL THEN p.owner ELSE b.owner END AS owner,
         CASE WHEN b.key IS NULL THEN p.owner_person ELSE b.owner_person END AS person
  FROM new_access na
  JOIN port o ON o.key = na.port
  LEFT JOIN product p ON p.key = o.product
  LEFT JOIN base.product b ON b.key = o.product
  LEFT JOIN base.port was ON was.key = o.key
  WHERE max(o.class, coalesce(was.class, 0)) >= 3
    AND (na.kind = 'product' AND NOT na.own OR na.kind = 'person' AND NOT na.product_too)),
counted AS (
  SELECT f.*, (SELECT count(DISTINCT lower(a.user)) FROM pr_approval a
               WHERE lower(a.user) IS NOT (SELECT lower(author) FROM run)
                 AND (a.user = f.person
                      OR EXISTS (SELECT 1 FROM authority u LEFT JOIN team t ON t.key = u.team
                                 WHERE u.user = a.user AND (u.team = f.team OR t.name = :governance_team)))) AS n
  FROM fresh f)
SELECT via AS entity, principal, max(class) AS class, classification, label AS port,
       CASE count(*) WHEN 1 THEN '' WHEN 2 THEN ' and one more' ELSE ' and ' || (count(*) - 1) || ' more' END AS more,
       n, :approvals AS needed, :governance_team AS governance,
       CASE WHEN team IS NOT NULL THEN 'team `' || owner || '`'
            WHEN person IS NOT NULL THEN '`' || person || '`'
            ELSE 'its owner (it has none)' END AS owner,
       json_array(port) AS related
FROM (SELECT * FROM counted WHERE n < :approvals ORDER BY label)
GROUP BY via, principal, team, person
