"""What services announce to whoever does the work in the background."""

from django.dispatch import Signal

# A report waits to be computed: `run_id` is the key of the ReportRun, already committed.
run_waits = Signal()
