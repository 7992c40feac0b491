"""Work on the road: a contact written without network, kept sealed on the device, sent once (decision 33)."""
