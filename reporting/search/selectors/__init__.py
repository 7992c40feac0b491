"""What the search shows: what answers, words of notes, who was opened lately."""
