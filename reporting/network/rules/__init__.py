"""Rules of the network's figures: what is too small to be shown. No Django, no database."""
