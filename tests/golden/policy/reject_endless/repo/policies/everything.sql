/*---
id: everything
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
---*/
SELECT a.key AS entity FROM port a, port b, port c, port d, port e, port f, port g, port h, port i, port j, port k, port l, port m, port n, port o, port p
WHERE a.key || p.key = b.key || c.key || d.key
