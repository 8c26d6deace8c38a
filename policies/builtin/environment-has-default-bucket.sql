/*---
id: environment-has-default-bucket
title: An environment of AWS in use has a default bucket
severity: warning
for: environment
message: "environment `{environment}` has no default bucket, although it has {what}"
help: "mark one bucket with `default: true`"
max_waiver_days: 90
tags: [aws]
why: |
  Assets that name no bucket lie in the default one, and so do the results of Athena. Without it the next such asset is an
  error (DPC3011) in a file whose author cannot mend it. An environment of AWS is in use when assets are placed in it or when it
  declares buckets. Where DPC3011 is reported already, this policy is silent.
bad: |
  aws:
    account: "111122223333"
    region: eu-west-1
    buckets:
      landing: {name: acme-landing}
good: |
  aws:
    account: "111122223333"
    region: eu-west-1
    buckets:
      datalake: {name: acme-lake, default: true}
      landing:  {name: acme-landing}
fix: |
  Mark the bucket that most assets are in with `default: true`, or declare one.
---*/
SELECT e.key AS entity, '/aws/buckets' AS at, e.name AS environment,
       CASE WHEN EXISTS (SELECT 1 FROM bucket b WHERE b.environment = e.key) THEN 'buckets' ELSE 'assets' END AS what
FROM environment e
WHERE e.aws AND e.default_bucket IS NULL
  AND (EXISTS (SELECT 1 FROM bucket b WHERE b.environment = e.key)
       OR EXISTS (SELECT 1 FROM placement a WHERE a.environment = e.key))
  AND NOT EXISTS (SELECT 1 FROM finding f
                  WHERE f.code = 'DPC3011' AND instr(f.message, 'environment `' || e.name || '` ') = 1)
