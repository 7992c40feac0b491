"""What an inspector would object to."""
