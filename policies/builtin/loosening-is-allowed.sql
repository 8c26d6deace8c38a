/*---
id: loosening-is-allowed
title: What makes a later judgement milder is allowed by those who answer for it
severity: error
for: product
message: "{what}: {given} of {needed} approvals; it takes {could}"
help: ask one of them to approve the pull request
needs: [base, "tables >= 2"]
waivable: false
values: [digest]
tags: [approval, change]
why: |
  Two changes can do what one may not: the first lowers a class, adds an approver, takes a policy away or hides a folder, the second
  goes through. So whatever makes a later judgement milder is itself a power: dpc lists it in the table `loosened`. The class, access
  type, personal data, owner and status of a product and its ports are their owner's to change, as the base has it; settings of the
  workspace, environments, policies, parameters, waivers, and who may approve, are governance's. One of them, and for confidential data
  two people, must have approved the pull request; the author never counts.

  Raising a class, adding a policy or closing a port takes nobody's leave. Without `--approvals`, as on a laptop, dpc says what
  will be needed.
bad: |
  # pull request of sam@acme.example, approved by nobody
  kind: Workspace
  name: acme
  exclude: ["customers/**"]
good: |
  # the same change, approved by a member of the governance team
  kind: Workspace
  name: acme
  exclude: ["customers/**"]
fix: |
  Ask those whom the finding names to approve, then run the check again with the new list of approvals.
---*/
SELECT l.entity, l.at, l.what, l.digest, l.given, l.needed, l.could,
       CASE WHEN r.has_approvals THEN 'error' ELSE 'info' END AS severity
FROM loosened l JOIN run r
WHERE NOT l.covered
  AND NOT (l.action = 'way' AND EXISTS (SELECT 1 FROM gained g WHERE g.entity = l.entity AND NOT g.covered))   -- it says the same
