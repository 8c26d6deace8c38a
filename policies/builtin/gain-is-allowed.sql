/*---
id: gain-is-allowed
title: Access that a change gives is allowed by those whose data it is
severity: error
for: product
message: "{what}{whose}: {given} of {needed} approvals; it takes {could}"
help: ask one of them to approve the pull request
needs: [base, "tables >= 2"]
waivable: false
values: [digest]
tags: [access, approval]
why: |
  A change is judged by what it gives, whatever line gives it: a placement, an environment, a way into roles, a member, an
  agreement, a later end, a wider port. dpc compares what everybody could do before and after, and lists what is new in the
  table `gained`; each row says whose leave it takes, by the base: the owners of the data by where it lies, or for what an
  environment or the workspace opens, the owner of that environment or the governance team. One of them must have approved the
  pull request. The author never counts, nor does anybody who would gain.

  Confidential data takes two people, members of the owning team or of the governance team, an owner or somebody of governance
  among them. `confidential-needs-two` says that where it judges; this policy says the rest.

  It takes nobody's leave to read what its owner had opened to everybody in the base already, below confidential, nor to own what
  was nobody's. `approvedBy` is what a file says; what counts is who approved the pull request (`--approvals`). Without that file,
  as on a laptop, dpc says what will be needed.
bad: |
  # pull request of sam@acme.example, approved by nobody
  kind: Environment
  name: sandbox
  canReadFrom: [production]
good: |
  # the same change, approved by a member of the governance team
  kind: Environment
  name: sandbox
  canReadFrom: [production]
fix: |
  Ask those whom the finding names to approve, then run the check again with the new list of approvals.
---*/
SELECT g.entity, g.at, g.what, g.digest, g.given, g.needed, g.could,
       CASE WHEN g.class >= 3 THEN ' (' || g.classification || ')' ELSE '' END
         || CASE WHEN g.owner IS NOT NULL THEN ', data of ' || g.owner ELSE '' END AS whose,
       CASE WHEN r.has_approvals THEN 'error' ELSE 'info' END AS severity
FROM gained g JOIN run r
WHERE NOT g.covered
  AND NOT (g.class >= 3 AND r.has_approvals      -- that is said by another one
           AND EXISTS (SELECT 1 FROM policy p WHERE p.id = 'confidential-needs-two' AND NOT p.disabled))
