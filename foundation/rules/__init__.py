"""Calendar and text rules shared by every room: standard library only, no clock, no database."""
