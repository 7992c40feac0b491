"""The only writers of this app: the demonstration's data, and the figures that were sent."""
