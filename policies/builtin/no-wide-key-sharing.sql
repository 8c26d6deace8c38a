/*---
id: no-wide-key-sharing
title: One KMS key does not open the data of everybody
severity: warning
for: bucket
message: "one key decrypts for {n} data products, more than {max_products}, in {buckets}: `{kms_key}`"
help: give buckets with sensitive data a key of their own
max_waiver_days: 90
parameters: {max_products: 50}
values: [kms_key]
tags: [aws, encryption]
why: |
  A key is the second lock of a bucket. When hundreds of products may use the same one it locks nothing: a mistake in a bucket
  policy is then enough to read everything, and to take the key away from one product is to look at all of them. Counted are
  the products that have a right on any asset in a bucket with the key; up to `max_products` of them are allowed. One finding
  for each key, at its first bucket; the other buckets are related places.
bad: |
  buckets:
    datalake: {name: acme-lake, default: true, key: "arn:aws:kms:eu-west-1:111122223333:key/1111..."}
    finance:  {name: acme-finance, key: "arn:aws:kms:eu-west-1:111122223333:key/1111..."}
good: |
  buckets:
    datalake: {name: acme-lake, default: true, key: "arn:aws:kms:eu-west-1:111122223333:key/1111..."}
    finance:  {name: acme-finance, key: "arn:aws:kms:eu-west-1:111122223333:key/2222..."}
fix: |
  Start with the bucket whose readers are fewest and whose data matters most: give it a key of its own and encrypt its files anew.
---*/
WITH wide(kms_key, n, first) AS (
  SELECT b.kms_key, count(DISTINCT g.product), min(b.key)
  FROM bucket b
  JOIN grant g ON g.bucket = b.key
  WHERE b.kms_key IS NOT NULL
  GROUP BY b.kms_key
  HAVING count(DISTINCT g.product) > :max_products)
SELECT w.first AS entity, '/key' AS at, w.kms_key, w.n, :max_products AS max_products,
       CASE count(*) WHEN 1 THEN 'one bucket' ELSE count(*) || ' buckets' END AS buckets,
       json_group_array(b.key) FILTER (WHERE b.key <> w.first) AS related
FROM wide w
JOIN bucket b ON b.kms_key = w.kms_key
GROUP BY w.kms_key
