"""Reads of people, cases and partners, always of the user's own organisation."""

from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import CASE_CARRYING_ROLES
from accounts.models import Organisation, Project, Site, User
from accounts.permissions import allows
from beneficiaries.models import Beneficiary, CoachingCase, Partner


def coaches(user: User, on: date) -> QuerySet[User]:
    """Who may carry a case of the user's organisation that day, by name."""
    found: QuerySet[User] = User.objects.members_of(user.current_organisation_id, on, *CASE_CARRYING_ROLES).order_by(
        "first_name", "last_name", "id"
    )
    return found


def way_to_hand_over(user: User, organisation: Organisation, actor: User) -> tuple[str, str] | None:
    """Where a coordinator passes on all the cases of somebody who leaves; none for others, or when there are none."""
    if not allows(actor, "beneficiaries.hand_over", organisation) or not open_cases_of(user, organisation):
        return None
    return reverse("beneficiaries:hand_over_many", args=[user.pk]), _("Transmettre ses dossiers")


def sites(user: User) -> QuerySet[Site]:
    """The places of the user's organisation."""
    found: QuerySet[Site] = Site.objects.visible_to(user).order_by("name", "id")
    return found


def projects(user: User, on: date) -> QuerySet[Project]:
    """The subsidised projects that run that day."""
    found: QuerySet[Project] = Project.objects.visible_to(user).running_on(on).order_by("code", "id")
    return found


def referrers(user: User) -> QuerySet[Partner]:
    """The partners that send people to the user's organisation."""
    found: QuerySet[Partner] = Partner.objects.visible_to(user).filter(refers=True).order_by("name", "id")
    return found


def partners(user: User) -> QuerySet[Any]:
    """Every partner by name, with `referred`: how many cases it sent."""
    return Partner.objects.visible_to(user).annotate(referred=Count("referred_cases")).order_by("name", "id")


def people(user: User) -> QuerySet[Beneficiary]:
    """The people whom the user's organisation knows."""
    found: QuerySet[Beneficiary] = Beneficiary.objects.visible_to(user)
    return found


def open_cases_of(user: User, organisation: Organisation) -> int:
    """How many open cases somebody carries there."""
    return CoachingCase.objects.filter(organisation=organisation, coach=user, closed_on__isnull=True).count()


def cases_left_behind(user: User, organisation: Organisation) -> str:
    """Why somebody may not leave yet: the open cases they still carry there; "" when there are none."""
    carried = open_cases_of(user, organisation)
    if not carried:
        return ""
    return ngettext(
        "%(name)s suit encore %(n)s dossier ouvert : transmettez-le d’abord.",
        "%(name)s suit encore %(n)s dossiers ouverts : transmettez-les d’abord.",
        carried,
    ) % {"name": user.get_full_name(), "n": carried}
