/*---
id: today
title: A rule
severity: info
for: port
message: "today is {today}"
help: mend it
needs: [today]
---*/
SELECT 'product:orders' AS entity, today FROM run
