SELECT min(a.via) AS entity, count(*) AS name FROM access a, access b, access c
-- exit 2: it takes more steps than the budget
