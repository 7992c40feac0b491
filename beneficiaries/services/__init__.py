"""The only writers of people, cases and their path."""
