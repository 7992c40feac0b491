"""Forms about firms and jobs: they read and check; services write."""
