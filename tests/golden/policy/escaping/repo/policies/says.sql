/*---
id: says
title: A rule
severity: warning
for: product
message: "{description} | {made} | {odd} | {half} | {{{entity}}} | {blob} | {absent} | {number} | {long}"
help: "::error::in the help {entity}"
values: [made, half, description]
---*/
SELECT key AS entity, description, char(27) || '[31mred' || char(10) || '::error::x' AS made, char(8238) || '`' AS odd, CAST(x'c3' AS TEXT) AS half, printf('%.400c', 'é') AS long, x'00ff' AS blob, NULL AS absent, 1.5 AS number FROM product WHERE name = 'orders'
