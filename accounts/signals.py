"""What the accounts app announces to the apps above it."""

from django.dispatch import Signal

#: sent inside the transaction that adds a dated value, with ``parameter`` (the new row) and ``actor``
parameter_added = Signal()
