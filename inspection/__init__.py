"""What an inspector checks, the inspection file of a case, the inspector’s door."""
