"""What reporting keeps: facts that only reports need, and what was made and sent, frozen."""

from reporting.models.documents import DocumentTemplate, Letterhead, ProducedDocument
from reporting.models.esf import EsfParticipation, EsfRefusal, EsfResult
from reporting.models.esf_file import EsfFileColumn, EsfFileExport, EsfFileLayout
from reporting.models.runs import ReportFile, ReportRun, RunFigures
from reporting.models.time_sheets import SheetSignature, TimeEntry, TimeSheet

__all__ = (
    "DocumentTemplate",
    "EsfFileColumn",
    "EsfFileExport",
    "EsfFileLayout",
    "EsfParticipation",
    "EsfRefusal",
    "EsfResult",
    "Letterhead",
    "ProducedDocument",
    "ReportFile",
    "ReportRun",
    "RunFigures",
    "SheetSignature",
    "TimeEntry",
    "TimeSheet",
)
