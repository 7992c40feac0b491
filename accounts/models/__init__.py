"""Organisations, their people, and the dated parameters of the installation."""

from accounts.models.organisations import Organisation, OrganisationOwned, Project, Site
from accounts.models.parameters import Parameter
from accounts.models.people import Absence, Membership, User

__all__ = ["Absence", "Membership", "Organisation", "OrganisationOwned", "Parameter", "Project", "Site", "User"]
