SELECT key AS entity, name FORM product
-- exit 2: near "product": syntax error
