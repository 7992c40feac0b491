"""Rules of the placement: the two clocks and durable insertion. Standard library only, no clock, no database."""
