"""Rules of the published figures: rates, survival, ESF+ indicators. Standard library only, no clock, no database."""
