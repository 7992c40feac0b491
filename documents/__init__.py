"""Papers made for a person or a firm: their texts, their making, their signatures."""
