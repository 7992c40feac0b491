"""What lower apps announce, for upper apps to listen to. Receivers run inside the sender's transaction."""

from django.dispatch import Signal

# A fact of this case changed: `case` is the CoachingCase, already saved.
case_changed = Signal()
