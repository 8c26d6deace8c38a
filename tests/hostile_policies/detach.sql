DETACH base
-- exit 2: .
