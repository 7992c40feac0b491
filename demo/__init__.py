"""Invented people for trying out: the plan of the pilot, its loading, and what a demonstration adds to it."""
