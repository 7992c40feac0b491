"""Reads of contacts, appointments and statuses, always of the user's own organisation."""
