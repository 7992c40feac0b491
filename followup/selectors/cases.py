"""The list of cases: filters, orders, rows, and the same rows as a file."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, DateField, F, IntegerField, Q, Value, When, prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import allows
from followup.models import CaseStatus
from followup.models.querysets import CaseStatusQuerySet
from followup.selectors.case_cells import DueCell, due_cell
from followup.selectors.clocks import chain_of, followup_left, prehire_left
from foundation.formatting import date_words, first_letter
from foundation.keyset import SortKey, with_pk
from method.components import ChainFacts, ClockShape, clock_shape
from method.components import ClockFacts as ClockShown
from method.rules.phases import Phase
from method.rules.urgency import THIS_WEEK_DAYS
from method.selectors import urgency_limits
from placements.rules.windows import FollowUpState
from placements.selectors.clocks_listed import listed_clocks

# What a column's heading sorts by; the person's name settles ties.
ORDERS: Mapping[str, tuple[SortKey, ...]] = {
    "name": (),
    "phase": (SortKey("phase_rank"), SortKey("phase_started_on")),
    "coach": (SortKey("coach__first_name"), SortKey("coach__last_name")),
    "last": (SortKey("last_contact_on", nullable=True, told=True),),
    "due": (SortKey("contact_due_on", nullable=True, told=True),),
    "clock": (SortKey("clock_ends_on", nullable=True, told=True),),
    "prehire": (SortKey("prehire_deadline", nullable=True, told=True),),
    "followup": (SortKey("followup_deadline", nullable=True, told=True),),
    "opened": (SortKey("case__opened_on"),),
}
NAME = SortKey("case__beneficiary__search_key")
# What a row shows of other tables, and is read with the rows of the page alone.
_BESIDE = ("case__beneficiary", "case__coach", "case__site", "case__project", "case__previous_case")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case of the list, with both its clocks."""

    status: CaseStatus
    due: DueCell
    prehire: ClockShown
    followup: ClockShown
    prehire_words: str
    followup_words: str
    chain: ChainFacts
    # Whether somebody else of the page has the same name: the year of birth tells them apart.
    has_namesake: bool = False
    # Whether the reader may write down a contact with the person.
    may_tell: bool = False

    @property
    def case(self) -> Any:
        """The case, with its person, coach, site and project."""
        return self.status.case

    @property
    def clock(self) -> ClockShown:
        """Of the two clocks, the one that the phase lives by."""
        return self.followup if self.status.phase == Phase.FOLLOW_UP else self.prehire

    @property
    def prehire_shape(self) -> ClockShape:
        """The 24 months, drawn."""
        return clock_shape(self.prehire)

    @property
    def followup_shape(self) -> ClockShape:
        """The follow-up, drawn."""
        return clock_shape(self.followup)

    @property
    def no_followup(self) -> bool:
        """Whether there is nothing to say of a follow-up: none began, or the one that was is over."""
        return self.followup.state == FollowUpState.NONE or self.status.phase in (Phase.PRE_HIRE, Phase.EXIT)

    @property
    def phase_words(self) -> str:
        """The phase in one word."""
        return _("Suivi") if self.status.phase == Phase.FOLLOW_UP else self.status.get_phase_display().capitalize()

    @property
    def coach_words(self) -> str:
        """Who carries the case: an initial and the family name."""
        coach = self.case.coach
        return f"{first_letter(coach.first_name)}. {coach.last_name}" if coach.first_name else coach.last_name


def cases(user: User, sort: str, on: date) -> CaseStatusQuerySet:
    """The cases that the user may see, in order; `CaseFilter` narrows them."""
    found = CaseStatus.objects.visible_to(user).with_due(on)
    if sort.removeprefix("-") not in ORDERS or not ORDERS[sort.removeprefix("-")]:
        # Says nothing more, and lets the database walk along the names of the organisation instead of sorting them all.
        found = found.filter(case__beneficiary__organisation=user.current_organisation_id)
    ordered: CaseStatusQuerySet = sortable(found.select_related(*_BESIDE), sort).order_by(
        *(key.order() for key in with_pk(sort_keys(sort)))
    )
    return ordered


def sort_keys(sort: str) -> tuple[SortKey, ...]:
    """The order that an address asks for, forwards or backwards; what has no value comes last either way."""
    backwards, key = sort.startswith("-"), sort.removeprefix("-")
    columns = ORDERS.get(key, ())
    name = replace(NAME, backwards=backwards and not columns)
    return (*(replace(column, backwards=backwards) for column in columns), name)


def urgent(code: str, on: date, organisation_id: UUID | None) -> Q:
    """The cases of an organisation whose next contact is that urgent, by what is very late there."""
    if code == "tres-retard":
        return Q(contact_due_on__lt=on - timedelta(days=urgency_limits(on, organisation_id).very_late_days))
    if code == "retard":
        return Q(contact_due_on__lt=on)
    if code == "aujourdhui":
        return Q(contact_due_on=on)
    return Q(contact_due_on__range=(on, on + timedelta(days=THIS_WEEK_DAYS)))


def sortable(found: Any, sort: str) -> Any:
    """The cases with the columns that the order reads, when they are none of their own."""
    key = sort.removeprefix("-")
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
    return found


def shown(wanted: Any, user: User, sort: str, on: date, *, reverse: bool = False) -> list[CaseStatus]:
    """The cases of one page, with all that a row says of them: what is read of each is read of no other."""
    found = CaseStatus.objects.visible_to(user).filter(pk__in=wanted.values("pk"))
    found = sortable(found.with_due(on).with_next_appointment(on).select_related(*_BESIDE), sort)
    return list(found.order_by(*(key.order(reverse) for key in with_pk(sort_keys(sort)))))


def case_rows(page: Sequence[CaseStatus], user: User, on: date) -> list[CaseRow]:
    """The lines of one page, with both clocks of each, and what the reader may do: a bounded number of statements."""
    clocks = listed_clocks([status.case for status in page], on)
    # A colleague's case may have been the reader's own: read for all of them at once.
    prefetch_related_objects([status.case for status in page if status.case.coach_id != user.pk], "assignments")
    named = Counter(status.case.beneficiary.search_key for status in page)
    return [
        CaseRow(
            status=status,
            due=due_cell(status, on),
            prehire=clocks[status.case_id].prehire,
            followup=clocks[status.case_id].followup,
            prehire_words=prehire_left(clocks[status.case_id].prehire, suspended(status) is not None),
            chain=chain_of(status, on),
            followup_words=followup_left(clocks[status.case_id].followup, on),
            has_namesake=named[status.case.beneficiary.search_key] > 1,
            may_tell=allows(user, "beneficiaries.tell_of_case", status.case),
        )
        for status in page
    ]


def suspended(status: CaseStatus) -> date | None:
    """Since when an open case is suspended; ``None`` when it is not."""
    since: date | None = status.suspended_since  # type: ignore[attr-defined]
    return since if status.phase != Phase.EXIT else None


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
