"""Rules of the coaching case: phases and eligibility. Standard library only, no clock, no database."""
