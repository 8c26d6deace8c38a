/*---
id: few-reads
title: A product reads few ports
severity: warning
for: product
message: "product `{name}` reads {ports} ports; {most} are few"
help: Read what is needed.
why: Each read is somebody's to agree to.
fix: Take input ports away.
parameters: {most: 10}
values: [ports]
---*/
SELECT p.key AS entity, p.name, count(*) AS ports, :most AS most
FROM product p JOIN input i ON i.product = p.key
GROUP BY p.key HAVING count(*) > :most
