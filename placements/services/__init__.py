"""The only writers of matches, jobs and how they are followed."""
