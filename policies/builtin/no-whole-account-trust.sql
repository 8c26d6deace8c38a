/*---
id: no-whole-account-trust
title: The roles of an environment are not open to everybody in the account
severity: warning
for: environment
message: "everybody in account `{account}` whose own policy allows it may assume the roles of environment `{environment}`"
help: name in `assumedBy` who may, by Conveyor, service accounts, IAM Identity Center or principals
values: [account]
max_waiver_days: 90
tags: [aws, access]
why: |
  With `wholeAccount` each principal of the account that may call sts:AssumeRole gets into every product's role. Who that is, is
  decided elsewhere, so dpc can tell neither who reads confidential data nor who gains access by a change. The workspace's
  default counts for each environment that does not say otherwise.
bad: |
  aws:
    account: "111122223333"
    assumedBy: {wholeAccount: true}
good: |
  aws:
    account: "111122223333"
    assumedBy:
      identityCenter: {homeRegion: eu-west-1}
fix: |
  Find out who assumes the roles today (CloudTrail lists AssumeRole), name those in `assumedBy`, and remove `wholeAccount`.
---*/
SELECT e.key AS entity, '/aws/assumedBy/wholeAccount' AS at, e.name AS environment, e.account
FROM environment e
WHERE e.aws AND e.whole_account
