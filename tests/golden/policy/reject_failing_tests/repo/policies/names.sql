/*---
id: names-are-short
title: Products have short names
severity: error
for: product
message: "`{name}` has {letters} letters, more than {most}"
help: mend it
parameters: {most_letters: 20, exempt: [], strict: true, word: a}
---*/
SELECT key AS entity, name, length(name) AS letters, :most_letters AS most FROM product
WHERE length(name) > :most_letters AND name NOT IN (SELECT value FROM json_each(:exempt)) AND :strict
