"""Acts on the record of a participant and on the participant file."""
