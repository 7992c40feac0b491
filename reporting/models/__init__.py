"""What reporting keeps: facts that only reports need, and what was made and sent, frozen."""
