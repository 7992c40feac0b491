"""The models of this room stand with their topic; Django looks for them here."""

from reporting.board.models import BoardReading
from reporting.sending.models import ReportFile, ReportRun, RunFigures

__all__ = ("BoardReading", "ReportFile", "ReportRun", "RunFigures")
