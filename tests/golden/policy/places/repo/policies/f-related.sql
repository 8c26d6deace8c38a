/*---
id: f-related
title: A rule
severity: warning
for: input
message: "reads {port}"
help: mend it
---*/
SELECT i.key AS entity, i.port, json_array(i.port, 'port:no/such', p.key, 'environment:production') AS related FROM input i JOIN port o ON o.key = i.port JOIN product p ON p.key = o.product WHERE o.name = 'lines'
