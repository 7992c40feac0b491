"""Rules of the documents: the marks of a text, its fields, the names that it may not hold."""
