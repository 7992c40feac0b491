"""Forms about people, their cases and their path: they read and check, services write."""
