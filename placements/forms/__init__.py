"""Forms about matches and jobs: they read and check; services write."""
