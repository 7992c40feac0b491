"""What a contract says on a day, and everything that its page shows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import DecimalField, F, OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from employers.models import Company, CompanyContact
from employers.rules.joint_committees import committee_words
from foundation.clock import today
from foundation.formatting import date_words, number_words
from foundation.rules.periods import ONE_DAY, Period
from placements.models import Amendment, Employment, TemporaryUnemployment, WorkWeek
from placements.rules.amendments import AgreedTerms, Change, terms_on
from placements.rules.weeks import Week, WeekState, weeks_between


def hours_on(day: date) -> Coalesce:
    """The hours per week that a contract says on a day, as an expression of a query over contracts."""
    amended: QuerySet[Any, Any] = Amendment.objects.filter(
        employment=OuterRef("pk"), effective_on__lte=day, weekly_hours__isnull=False
    ).order_by("-effective_on", "-created_at")
    return Coalesce(Subquery(amended.values("weekly_hours")[:1]), F("weekly_hours"), output_field=DecimalField())


def changes_of(employment: Employment) -> tuple[Change, ...]:
    """The amendments of a contract, as the rules read them."""
    written = sorted(employment.amendments.all(), key=lambda row: row.created_at)
    return tuple(row.as_change(order) for order, row in enumerate(written))


def signed_terms(employment: Employment) -> AgreedTerms:
    """What the contract said when it was signed."""
    return AgreedTerms(
        ends_on=employment.signed_ends_on if employment.end_amended else employment.ends_on,
        weekly_hours=employment.weekly_hours,
        job_title=employment.job_title,
        joint_committee=employment.joint_committee,
    )


def agreed_terms(employment: Employment, on: date) -> AgreedTerms:
    """What the contract says on a day, from the amendments loaded with it."""
    return terms_on(signed_terms(employment), changes_of(employment), on)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a firm proposes for a contract there: whom to call, and its joint committee, "" when nobody said it."""

    reference: UUID | None
    joint_committee: str


def proposed_by(company: Company) -> Proposed:
    """The person of reference of a firm, and its joint committee or that of the last contract there; one statement."""
    references = CompanyContact.objects.filter(company=OuterRef("pk"), is_reference=True)
    said = Employment.objects.effective().filter(company=OuterRef("pk")).exclude(joint_committee="")
    last = said.order_by("-starts_on", "-created_at").values("joint_committee")[:1]
    reference, committee = (
        Company.objects.filter(pk=company.pk).values_list(Subquery(references.values("pk")[:1]), Subquery(last)).get()
    )
    return Proposed(reference, company.joint_committee or committee or "")


def load_terms(employments: Sequence[Employment]) -> None:
    """Read what happened to contracts while they ran; three statements."""
    prefetch_related_objects(
        employments,
        Prefetch("amendments", Amendment.objects.select_related("recorded_by", "replaced_by__company")),
        Prefetch("temporary_unemployment", TemporaryUnemployment.objects.select_related("recorded_by")),
        Prefetch("weeks", WorkWeek.objects.select_related("recorded_by")),
    )


def change_words(amendment: Amendment) -> tuple[str, ...]:
    """What an amendment changes, a few words each."""
    return tuple(_change_words(amendment))


def _change_words(amendment: Amendment) -> Iterator[str]:
    if amendment.becomes:
        yield _("devient un %(type)s") % {"type": amendment.get_becomes_display()}
    if amendment.changes_end and amendment.ends_on is None:
        yield _("sans dernier jour connu")
    elif amendment.ends_on is not None:
        yield _("dernier jour le %(date)s") % {"date": date_words(amendment.ends_on)}
    if amendment.weekly_hours:
        yield _("%(hours)s h par semaine") % {"hours": amendment.hours}
    if amendment.job_title:
        yield _("fonction : %(title)s") % {"title": amendment.job_title}
    if amendment.joint_committee:
        yield _("CP %(committee)s") % {"committee": committee_words(amendment.joint_committee)}
    if amendment.wage:
        yield _("salaire : %(wage)s") % {"wage": amendment.wage}


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A week of the grid, as it stands."""

    week: Week
    row: WorkWeek | None
    in_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFile:
    """The page of one contract on a day."""

    employment: Employment
    on: date
    terms: AgreedTerms
    committee: str
    amendments: Sequence[tuple[Amendment, tuple[str, ...]]]
    idleness: Sequence[TemporaryUnemployment]
    weeks: Sequence[WeekLine]
    worked_weeks: int
    idle_weeks: int
    days: str
    hours: str

    @property
    def written(self) -> list[Amendment | TemporaryUnemployment | WorkWeek]:
        """What the page shows and may be taken back, each with its author."""
        weeks = [line.row for line in self.weeks if line.row is not None]
        return [*(row for row, _words in self.amendments), *self.idleness, *weeks]

    @property
    def weekly_hours(self) -> str:
        """The hours per week in force, as people read them; "" when unknown."""
        return number_words(self.terms.weekly_hours.normalize()) if self.terms.weekly_hours else ""


def contract_file(employment: Employment, on: date) -> ContractFile:
    """Read the page of a contract that is known to be visible."""
    load_terms([employment])
    terms = agreed_terms(employment, on)
    lines = week_lines(employment, today()) if employment.contract_type == "INTERIM" else ()
    states = [line.week.state for line in lines]
    return ContractFile(
        employment=employment,
        on=on,
        terms=terms,
        committee=committee_words(terms.joint_committee),
        amendments=[(row, change_words(row)) for row in employment.amendments.all()],
        idleness=list(employment.temporary_unemployment.all()),
        weeks=lines,
        worked_weeks=states.count(WeekState.WORKED),
        idle_weeks=states.count(WeekState.IDLE),
        days=_total(line.week.days for line in lines),
        hours=_total(line.week.hours for line in lines),
    )


def _total(numbers: Iterable[Decimal | None]) -> str:
    """What these numbers come to, as people read it."""
    return number_words(sum((number for number in numbers if number is not None), Decimal(0)).normalize())


def week_lines(employment: Employment, until: date) -> tuple[WeekLine, ...]:
    """Every week of the job begun by a day, stated or not; none before the first one."""
    last = min(filter(None, (until, employment.last_day)))
    if last < employment.starts_on:
        return ()
    known = {row.monday: row for row in employment.weeks.all()}
    mondays = sorted({*weeks_between(employment.starts_on, last), *known})
    return tuple(_week_line(monday, known.get(monday)) for monday in mondays)


def _week_line(monday: date, row: WorkWeek | None) -> WeekLine:
    week = row.as_week() if row is not None else Week(monday)
    return WeekLine(week, row, week_words(week))


def week_words(week: Week) -> str:
    """« 5 jours, 38 h », « sans travail » or « à compléter »."""
    if week.state is WeekState.UNKNOWN:
        return _("à compléter")
    if week.state is WeekState.IDLE:
        return _("sans travail")
    parts = [_("%(n)s j") % {"n": number_words(week.days.normalize())}] if week.days else []
    parts += [_("%(n)s h") % {"n": number_words(week.hours.normalize())}] if week.hours else []
    return ", ".join(parts)


def idle_on(employment: Employment, on: date) -> TemporaryUnemployment | None:
    """The temporary unemployment of a day, among what is loaded with the contract."""
    for row in employment.temporary_unemployment.all():
        last = row.ends_on + ONE_DAY if row.ends_on is not None else None
        if Period(row.starts_on, last).contains(on):
            return row
    return None
