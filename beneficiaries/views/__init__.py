"""Pages about people, their cases and their path."""
