/*---
id: no-bucket-listing
title: Roles list their own folders only, not whole buckets
severity: warning
for: environment
message: "roles of environment `{environment}` may list whole buckets, and so see the names of all files of others"
help: remove `listing`, or set it to exact
max_waiver_days: 90
tags: [aws, access]
why: |
  With `listing: bucket` a role may list every bucket that it may read anything of. File names tell a lot: customers, dates, what
  is being built. The default, `exact`, allows listing below the folders that the role may read. The workspace's default
  counts for each environment that does not say otherwise.
bad: |
  aws: {account: "111122223333", region: eu-west-1, listing: bucket}
good: |
  aws: {account: "111122223333", region: eu-west-1}
fix: |
  Remove `listing`. Tools that list a bucket from its root must be given the product's own folder.
---*/
SELECT e.key AS entity, '/aws/listing' AS at, e.name AS environment
FROM environment e
WHERE e.aws AND e.listing = 'bucket'
