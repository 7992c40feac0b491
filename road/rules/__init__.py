"""What a telephone may hold, and what changed meanwhile."""
