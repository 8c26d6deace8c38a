SELECT name AS entity, name FROM pragma_function_list
-- exit 2: .
