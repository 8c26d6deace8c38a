/*---
id: retention
title: Restricted data is not kept for ever
severity: error
for: port
message: "port `{label}` has no retention"
help: set `retentionDays`
parameters: {most_days: 30, strict: false, unit: months, exempt: [], steps: [1], none: [x]}
---*/
SELECT key AS entity, label
FROM port
WHERE access = 'private' AND retention_days IS NULL AND :strict AND :unit = 'days' AND :most_days = 365
  AND json_array_length(:exempt) = 2 AND json_array_length(:steps) = 2 AND json_array_length(:none) = 0
