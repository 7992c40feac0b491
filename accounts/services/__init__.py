"""The only writers of organisations, people, rights and dated parameters."""
