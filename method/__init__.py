"""The few things of the trade that every room shows: phases, clocks, urgency."""
