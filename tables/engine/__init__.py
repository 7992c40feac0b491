"""What a report is: a definition that yields intermediate tables, which every output renders as they are."""
