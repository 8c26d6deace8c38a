;;;
-- exit 2: .
