/*---
id: port-is-s3
title: A rule
severity: warning
for: port
message: "offers files"
help: mend it
---*/
SELECT f.port AS entity, '/assets' AS at FROM offer f JOIN asset a ON a.key = f.asset WHERE a.name = 'lines' AND a.kind = 's3'
