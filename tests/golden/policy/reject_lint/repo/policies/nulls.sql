/*---
id: nulls
title: A rule
severity: warning
for: port
message: "found {entity}"
help: mend it
---*/
SELECT o.key AS entity FROM port o
WHERE o.classification <> 'public'  -- a comment with <> in it
  AND 'x' != successor AND owner NOT IN ('a', 'b')
  AND o.key NOT IN (SELECT port FROM input) AND o.access <> 'private' AND '<>' = '!=' /* NOT IN */
