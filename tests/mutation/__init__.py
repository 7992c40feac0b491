"""bin/mutate: what is changed in the rules, by which tests a change must be seen, and what is told of the rest."""
