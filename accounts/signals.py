"""What the accounts app announces to the apps above it."""

from django.dispatch import Signal

#: sent inside the transaction that adds a dated value, with ``parameter`` (the new row) and ``actor``
parameter_added = Signal()

#: sent inside the transaction that deactivates a user in an organisation, with ``user``, ``organisation``, ``actor``
user_left = Signal()
