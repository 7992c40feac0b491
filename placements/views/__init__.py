"""Pages about matches, jobs and how they are followed."""
