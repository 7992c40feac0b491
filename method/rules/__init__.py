"""How near and how late, as pure functions: every room asks the same."""
