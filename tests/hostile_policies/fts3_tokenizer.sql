SELECT key AS entity, fts3_tokenizer('simple') AS name FROM product
-- exit 2: the function `fts3_tokenizer` is not allowed
