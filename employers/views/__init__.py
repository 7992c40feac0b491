"""Pages about firms and jobs."""
