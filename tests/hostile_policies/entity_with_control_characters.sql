SELECT char(27) || '[2J' || char(10) || 'dpc.yaml:1:1: error: forged' AS entity, 'x' AS name
-- as policy, exit 2: names no entity of this repository
