/*---
id: confidential-needs-two
title: A change that gives new access to confidential data is approved by two people besides its author
severity: error
for: agreement
message: "{what} ({classification}{whose}): {given} of {needed} approvals; it takes {could}"
help: ask as many of them as are missing to approve the pull request
needs: [base, approvals, "tables >= 2"]
waivable: false
parameters: {approvals: 2, governance_team: data-governance}
values: [digest]
tags: [access, approval, classification]
why: |
  One careless approval must not open confidential data. Compared is what everybody really could do before and after (table
  `gained`), and it does not matter by which line the access comes: an agreement, one that begins later or lasts longer, an input
  port on an unrestricted port, a membership of a team, another owner of a product, a way into roles, an environment that reads
  another, an asset of one's own in the place of somebody else's.

  Data stays what it is behind another door: its class is the highest class of the ports that offer what lies in the place, in it or
  around it, in the base or in head. Who could do the same before, there or around it and for as long, gains nothing: not by a port,
  a product or an asset with another name. Only what the base offered as `declassified` already, approved by governance, is read as
  harmless.

  What counts as an approval is that of the pull request, not `approvedBy`. Counted are different people who belong to the team that
  owns the data by where it lies, or to the governance team, in the base; for a product that a person owns, that person. For
  what an environment or the workspace opens, one of them is of governance, or owns the environment. The author never counts, nor
  do people who would gain. `approvals` says how many it takes.

  `governance_team` is kept for older configurations: `governance` of the workspace names the team once, for all policies.
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
SELECT g.entity, g.at, g.what, g.classification, g.given, :approvals AS needed, g.could, g.digest, :governance_team AS governance,
       coalesce(', data of ' || g.owner, '') AS whose
FROM gained g
WHERE g.class >= 3 AND g.needed > 0
  AND (g.given < :approvals OR :approvals >= 1 AND NOT g.led)
