DETACH base
-- exit 2: databases cannot be attached or detached
