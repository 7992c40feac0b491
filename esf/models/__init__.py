"""The record of a participant, and the participant file with its columns."""

from esf.models.file import EsfFileColumn, EsfFileExport, EsfFileLayout
from esf.models.participants import EsfParticipation, EsfRefusal, EsfResult

__all__ = ("EsfFileColumn", "EsfFileExport", "EsfFileLayout", "EsfParticipation", "EsfRefusal", "EsfResult")
