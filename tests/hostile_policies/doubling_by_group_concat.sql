SELECT 'product:product-1' AS entity, length(group_concat(a.key || b.key || c.key)) AS name FROM product a, product b, product c
-- exit 2: it takes more steps than the budget
