"""Paths, retention and survival of cohorts."""
