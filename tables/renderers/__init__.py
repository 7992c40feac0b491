"""The outputs of a report: each takes the computed document and changes nothing in it."""
