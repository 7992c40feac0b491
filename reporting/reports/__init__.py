"""One module per report; adding one is registering its definition."""
