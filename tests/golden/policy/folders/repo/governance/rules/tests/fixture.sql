no policy
