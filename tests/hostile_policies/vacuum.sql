VACUUM
-- exit 2: .
