"""Facts about matches, jobs, how they are followed, and what changes the clocks."""

from placements.models.aids import HiringAid
from placements.models.clocks import ClockExtension, ClockSuspension
from placements.models.employment import Employment, FollowUpAgreement
from placements.models.matching import Match
from placements.models.terms import Amendment, TemporaryUnemployment, WorkWeek
from placements.models.verification import EmploymentVerification

__all__ = [
    "Amendment",
    "ClockExtension",
    "ClockSuspension",
    "Employment",
    "EmploymentVerification",
    "FollowUpAgreement",
    "HiringAid",
    "Match",
    "TemporaryUnemployment",
    "WorkWeek",
]
