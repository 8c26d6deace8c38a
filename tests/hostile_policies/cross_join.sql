SELECT a.key AS entity, a.name FROM product a CROSS JOIN port b CROSS JOIN input c CROSS JOIN asset d
-- as policy, exit 2: findings
