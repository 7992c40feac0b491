"""What reporting keeps: facts that only reports need, and what was made and sent, frozen."""

from reporting.models.runs import ReportFile, ReportRun, RunFigures
from reporting.models.time_sheets import SheetSignature, TimeEntry, TimeSheet

__all__ = ("ReportFile", "ReportRun", "RunFigures", "SheetSignature", "TimeEntry", "TimeSheet")
