"""Organisations, their people, and the dated parameters of the installation."""

from accounts.models.closing import ClosingDay
from accounts.models.organisations import Organisation, OrganisationOwned, Project, Site
from accounts.models.parameters import Parameter
from accounts.models.people import Absence, Membership, User
from accounts.models.sent_forms import SentForm
from accounts.models.taking_back import TakenBack

__all__ = [
    "Absence",
    "ClosingDay",
    "Membership",
    "Organisation",
    "OrganisationOwned",
    "Parameter",
    "Project",
    "SentForm",
    "Site",
    "TakenBack",
    "User",
]
