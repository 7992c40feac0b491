"""What the European Social Fund Plus asks: participants, indicators, participant file."""
