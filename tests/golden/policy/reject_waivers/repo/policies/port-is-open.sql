/*---
id: port-is-open
title: A rule
severity: error
for: port
message: "is {word}"
help: mend it
waivable: false
parameters: {word: a}
---*/
SELECT key AS entity, access, :word AS word FROM port WHERE access = 'unrestricted'
