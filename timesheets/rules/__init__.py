"""Lines, sums and signatures of a month."""
