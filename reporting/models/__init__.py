"""What reporting keeps: facts that only reports need, and what was made and sent, frozen."""

from reporting.models.time_sheets import SheetSignature, TimeEntry, TimeSheet

__all__ = ("SheetSignature", "TimeEntry", "TimeSheet")
