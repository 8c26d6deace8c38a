SELECT key AS entity, fts3_tokenizer('simple') AS name FROM product
-- exit 2: .
