/*---
id: l-bucket
title: A rule
severity: warning
for: bucket
message: "bucket {bucket_name}"
help: mend it
---*/
SELECT key AS entity, bucket_name FROM bucket
