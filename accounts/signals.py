"""What the accounts app announces to the apps above it."""

from django.dispatch import Signal

#: sent inside the transaction that adds, withdraws or supersedes a dated value, with ``parameter`` (the row),
#: ``organisation_id`` (whose cases are concerned; None: those of every organisation) and ``actor``
parameter_changed = Signal()

#: sent inside the transaction that adds a closing day or takes one back, with ``organisation_id``, whose days change
#: from now on, and ``actor``
closing_days_changed = Signal()
