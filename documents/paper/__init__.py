"""Documents for people: what kinds there are, what their texts may name, how they are composed and drawn."""
