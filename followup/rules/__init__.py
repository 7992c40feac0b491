"""Rules of the follow-up: when a contact is due. Standard library only, no clock, no database."""
