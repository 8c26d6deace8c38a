/*---
id: j-asset
title: A rule
severity: warning
for: asset
message: "path {path}"
help: mend it
---*/
SELECT key AS entity, path FROM asset WHERE name = 'lines'
