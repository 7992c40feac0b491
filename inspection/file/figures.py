"""What a figure counts, as somebody sees it who inspects: the person, and the inspection file where it is proved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import CoachingCase, Obstacle
from employers.models import Company, ProspectionContact, Vacancy
from followup.models import CollectiveSession, Contact
from foundation.formatting import date_words
from placements.models import Employment, Match
from tables.engine.tables import Subject
from timesheets.models import TimeEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Rows of one kind: where they are, what is read with them, whose case each is about, and a detail in words."""

    model: type[Model]
    detail: Callable[[Any], str] = str
    related: tuple[str, ...] = ()
    owner: str = "organisation_id"
    case: Callable[[Any], CoachingCase | None] = lambda row: row.case


def _opened(case: CoachingCase) -> str:
    return _("ouvert le %(date)s") % {"date": date_words(case.opened_on)}


_OF_CASE = ("case__beneficiary",)
_CASE = Listing(model=CoachingCase, detail=_opened, related=("beneficiary",), case=lambda row: row)

LISTINGS: dict[Subject, Listing] = {
    Subject.CASE: _CASE,
    Subject.PARTICIPANT: _CASE,
    Subject.TRAJECTORY: _CASE,
    Subject.EMPLOYMENT: Listing(model=Employment, related=(*_OF_CASE, "company")),
    Subject.CONTACT: Listing(model=Contact, related=_OF_CASE),
    Subject.MATCH: Listing(model=Match, detail=lambda row: str(row.vacancy), related=(*_OF_CASE, "vacancy__company")),
    # Health, debts: that somebody was helped is counted, and nobody is named for it.
    Subject.OBSTACLE: Listing(
        model=Obstacle,
        detail=lambda row: _("une personne, frein noté le %(date)s") % {"date": date_words(row.identified_on)},
        owner="case__organisation_id",
        case=lambda row: None,
    ),
    Subject.COMPANY: Listing(model=Company, case=lambda row: None),
    Subject.SESSION: Listing(model=CollectiveSession, related=("series",), case=lambda row: None),
    Subject.VACANCY: Listing(model=Vacancy, related=("company",), case=lambda row: None),
    Subject.COACH: Listing(model=User, owner="memberships__organisation_id", case=lambda row: None),
    Subject.PROSPECTION: Listing(model=ProspectionContact, related=("company",), case=lambda row: None),
    Subject.TIME_ENTRY: Listing(
        model=TimeEntry,
        detail=lambda row: f"{row.sheet.coach.get_full_name()}, {row}",
        related=("sheet__coach",),
        case=lambda row: None,
    ),
}


def inspected_rows(subject: Subject, refs: Sequence[UUID], user: User) -> dict[UUID, tuple[str, str, str]]:
    """Label, detail and address of the rows of these identifiers in the user's organisation; one statement.

    The address leads to the inspection file, or is "" for what belongs to no case. To be asked for somebody who
    `only_inspects`.
    """
    listing = LISTINGS[subject]
    rows: QuerySet[Any] = listing.model._default_manager.filter(
        **{"pk__in": refs, listing.owner: user.current_organisation_id}
    ).select_related(*listing.related)
    found: dict[UUID, tuple[str, str, str]] = {}
    for row in rows.order_by("pk"):
        case, detail = listing.case(row), listing.detail(row)
        if case is None:
            found[row.pk] = (detail, "", "")
        else:
            found[row.pk] = (str(case.beneficiary), detail, reverse("inspection:file", args=[case.pk]))
    return found
