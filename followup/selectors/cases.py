"""The list of cases: filters, orders, rows, and the same rows as a file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, DateField, F, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from accounts.models import User
from followup.models import CaseStatus
from followup.models.querysets import CaseStatusQuerySet
from followup.selectors.clocks import ClockWords, followup_words, prehire_words
from foundation.formatting import date_words
from method.rules.phases import Phase
from method.rules.urgency import THIS_WEEK_DAYS
from method.selectors import urgency_limits

# What a column's heading sorts by; the person's name settles ties.
ORDERS: Mapping[str, tuple[str, ...]] = {
    "name": (),
    "phase": ("phase_rank", "phase_started_on"),
    "coach": ("coach__first_name", "coach__last_name"),
    "last": ("last_contact_on",),
    "due": ("contact_due_on",),
    "clock": ("clock_ends_on",),
    "opened": ("case__opened_on",),
}
_NAME = ("case__beneficiary__search_key", "pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case of the list."""

    status: CaseStatus
    clock: ClockWords
    clock_name: str

    @property
    def case(self) -> Any:
        """The case, with its person, coach, site and project."""
        return self.status.case


def cases(user: User, sort: str, on: date) -> CaseStatusQuerySet:
    """The cases that the user may see, in order; `CaseFilter` narrows them."""
    found = CaseStatus.objects.visible_to(user).with_due(on)
    found = found.select_related("case__beneficiary", "case__coach", "case__site", "case__project")
    return _ordered(found, sort)


def urgent(code: str, on: date, organisation_id: UUID | None) -> Q:
    """The cases of an organisation whose next contact is that urgent, by what is very late there."""
    if code == "tres-retard":
        return Q(contact_due_on__lt=on - timedelta(days=urgency_limits(on, organisation_id).very_late_days))
    if code == "retard":
        return Q(contact_due_on__lt=on)
    if code == "aujourdhui":
        return Q(contact_due_on=on)
    return Q(contact_due_on__range=(on, on + timedelta(days=THIS_WEEK_DAYS)))


def _ordered(found: Any, sort: str) -> CaseStatusQuerySet:
    """By a column, forwards or backwards; what has no value comes last either way."""
    backwards, key = sort.startswith("-"), sort.removeprefix("-")
    columns = ORDERS.get(key, ())
    if key == "phase":
        ranks = [When(phase=code, then=Value(rank)) for rank, code in enumerate(Phase.values)]
        found = found.annotate(phase_rank=Case(*ranks, output_field=IntegerField()))
    if key == "clock":
        found = found.annotate(
            clock_ends_on=Case(
                When(phase=Phase.EXIT, then=Value(None)),
                When(phase=Phase.FOLLOW_UP, then=F("followup_deadline")),
                default=F("prehire_deadline"),
                output_field=DateField(),
            )
        )
    names = [F(name).desc() if backwards and not columns else F(name).asc() for name in _NAME]
    order = [F(c).desc(nulls_last=True) if backwards else F(c).asc(nulls_last=True) for c in columns]
    ordered: CaseStatusQuerySet = found.order_by(*order, *names)
    return ordered


def case_rows(page: Iterable[CaseStatus], on: date) -> list[CaseRow]:
    """The lines of one page: of the two clocks, the one that the phase lives by."""
    rows = []
    for status in page:
        followed = status.phase == Phase.FOLLOW_UP
        rows.append(
            CaseRow(
                status=status,
                clock=followup_words(status, on) if followed else prehire_words(status, on),
                clock_name=_("suivi") if followed else _("24 mois"),
            )
        )
    return rows


def export_header() -> list[str]:
    """The columns of the file."""
    return [
        _("Nom"),
        _("Prénom"),
        _("Phase"),
        _("Phase depuis le"),
        _("Jobcoach"),
        _("Site"),
        _("Projet"),
        _("Dernier contact"),
        _("Prochain contact à avoir le"),
        _("Suspendu depuis le"),
        _("Fin des 24 mois"),
        _("Fin du suivi"),
        _("Ouvert le"),
        _("Sorti le"),
        _("Date de naissance"),
    ]


def export_rows(found: Iterable[CaseStatus]) -> Iterable[list[str]]:
    """One line per case, in the order of the columns; a date that is not known is empty."""
    for status in found:
        case, person = status.case, status.case.beneficiary
        dates = (
            status.last_contact_on,
            status.contact_due_on,  # type: ignore[attr-defined]
            status.suspended_since,  # type: ignore[attr-defined]
            status.prehire_deadline,
            status.followup_deadline,
            case.opened_on,
            case.closed_on,
        )
        yield [
            person.last_name,
            person.first_name,
            status.get_phase_display(),
            date_words(status.phase_started_on),
            case.coach.get_full_name(),
            case.site.name if case.site else "",
            case.project.name if case.project else "",
            *(date_words(day) if day else "" for day in (*dates, person.birth_date)),
        ]
