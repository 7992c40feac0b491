"""Hours by person, project and day, signed."""
