"""Closed lists of the accounts app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do in one organisation (domain.md, section 1)."""

    JOBCOACH = "JOBCOACH", _("jobcoach")
    COORDINATOR = "COORDINATOR", _("coordinateur·rice")
    ADMIN = "ADMIN", _("administrateur·rice")
    INSPECTOR = "INSPECTOR", _("inspecteur·rice")
    ANALYST = "ANALYST", _("analyste du réseau")


# What memberships are asked by role: who somebody is, for lists and counts. What somebody may do is asked by the name
# of a permission (accounts/permissions.py), never here.

# Who may be chosen to carry a case, to lead a session, to stand in: a coordinator coaches too.
CASE_CARRYING_ROLES: tuple[Role, ...] = (Role.JOBCOACH, Role.COORDINATOR)

# Whose time is counted as coaching, and owes a time sheet even when it is empty.
COACHING_ROLES: tuple[Role, ...] = (Role.JOBCOACH,)

# Who is written to about what a coach has left undone.
COORDINATING_ROLES: tuple[Role, ...] = (Role.COORDINATOR,)

# Whose work the activity report tells.
TEAM_ROLES: tuple[Role, ...] = (*CASE_CARRYING_ROLES, Role.ADMIN)

# Whose readings are kept as those of an inspection (docs/decisions/0011-inspection.md).
INSPECTING_ROLES: tuple[Role, ...] = (Role.INSPECTOR,)

# The roles whose access is granted for a limited time: their membership must carry a last day (domain.md, section 1).
TIME_LIMITED_ROLES: frozenset[Role] = frozenset({Role.INSPECTOR})


class OrganisationKind(models.TextChoices):
    """Families of organisations that practise jobcoaching."""

    MIRE = "MIRE", _("mission régionale pour l’emploi (MIRE)")
    CISP = "CISP", _("centre d’insertion socioprofessionnelle (CISP)")
    CPAS = "CPAS", _("centre public d’action sociale (CPAS)")
    EFT = "EFT", _("entreprise de formation par le travail (EFT)")
    ASBL = "ASBL", _("association (ASBL)")
    NETWORK = "NETWORK", _("réseau d’organismes")


class Funder(models.TextChoices):
    """Who subsidises a project."""

    FOREM = "FOREM", _("FOREM")
    FSE = "FSE", _("Fonds social européen plus (FSE+)")
    OTHER = "OTHER", _("autre")


class EmblemPlace(models.TextChoices):
    """Where the emblem of the European Union stands in the heading of a co-financed project's documents."""

    LEFT = "LEFT", _("à gauche")
    RIGHT = "RIGHT", _("à droite")


class ParameterStatus(models.TextChoices):
    """Whether the source of a dated value has been seen, or the value is the house's reading of the rule."""

    CONFIRMED = "CONFIRMED", _("confirmé")
    ASSUMPTION = "ASSUMPTION", _("hypothèse")


class Owner(models.TextChoices):
    """Who answers for a dated parameter (domain.md, section 10)."""

    LAW = "LAW", _("règle de l’installation")
    HOUSE = "HOUSE", _("choix de l’organisme")


class AbsenceReason(models.TextChoices):
    """Why somebody is away, as far as the team needs to know."""

    LEAVE = "LEAVE", _("congé")
    ILLNESS = "ILLNESS", _("maladie")
    TRAINING = "TRAINING", _("formation")
    FAMILY = "FAMILY", _("congé parental ou de circonstance")
    OTHER = "OTHER", _("autre")
