"""What was told of a contract while it ran stays inside its days, whichever act moves them."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from foundation.rules.periods import ONE_DAY
from placements.models import Employment, EmploymentVerification, TemporaryUnemployment, WorkWeek
from placements.rules.weeks import WeekState
from placements.services.guards import PlacementRefused


class _Told(NamedTuple):
    """A fact of a contract: it lies inside when the contract begins by `begins` and lasts until `ends`."""

    words: str
    begins: date
    ends: date


#: what `with_last_sight` adds to a row
_SIGHTS = ("idle_sight", "week_sight", "found_sight")


def with_last_sight(rows: QuerySet[Employment]) -> QuerySet[Employment]:
    """The contracts with the last days on which each was seen, so that an act that ends one reads nothing more."""
    idle = TemporaryUnemployment.objects.filter(employment=OuterRef("pk")).order_by("-starts_on")
    weeks = WorkWeek.objects.filter(Q(days__gt=0) | Q(hours__gt=0), employment=OuterRef("pk")).order_by("-monday")
    found = EmploymentVerification.objects.filter(employment=OuterRef("pk")).order_by("-seen_on")
    return rows.annotate(
        idle_sight=Subquery(idle.values("starts_on")[:1]),
        week_sight=Subquery(weeks.values("monday")[:1]),
        found_sight=Subquery(found.values("seen_on")[:1]),
    )


def refuse_leaving_out(
    employment: Employment, *, starts_on: date, last: date | None, field: str = "ended_on", agreed: bool = False
) -> None:
    """Refuse days of a contract that would leave out what was seen of it: weeks, days of temporary unemployment that
    had begun, a day on which somebody was found at work. Part of an act that has not written the days yet.

    `field` is the one that names the last day. With `agreed` amendments count too: what was agreed for days to come
    stands beside a contract that stops earlier, but is no part of one that was never to last so long.

    Raises:
        PlacementRefused: something would lie before the first day or after the last one.
    """
    known = employment.last_day
    later = starts_on > employment.starts_on
    sooner = last is not None and (known is None or last < known)
    if not (later or sooner):
        return
    sights = [getattr(employment, name, None) for name in _SIGHTS]
    if (
        not later
        and not agreed
        and hasattr(employment, _SIGHTS[0])
        and not any(on and last and on > last for on in sights)
    ):
        return
    told = [*_seen(employment, whole=agreed), *(_agreed(employment) if agreed else ())]
    before = [fact.words for fact in told if later and fact.begins < starts_on]
    after = [fact.words for fact in told if sooner and last is not None and fact.ends > last]
    for left, name in ((before, "starts_on"), (after, field)):
        if left:
            raise PlacementRefused(
                "leaves_out",
                _("Le contrat ne couvrirait plus ce qui en est noté : %(what)s.") % {"what": ", ".join(left)},
                field=name,
                hint=_("Corrigez ou retirez cela d’abord, sur la page du contrat."),
            )


def _seen(employment: Employment, *, whole: bool) -> Iterable[_Told]:
    """What was seen of the work; with `whole`, all of what was told: the last day of temporary unemployment, weeks
    without work, which may well follow the end of a job that is told later.
    """
    for idle in employment.temporary_unemployment.all():
        yield _Told(str(idle), idle.starts_on, (idle.ends_on if whole else None) or idle.starts_on)
    for week in employment.weeks.all():
        if not whole and week.as_week().state is WeekState.IDLE:
            continue
        # A week belongs to the contract as soon as one of its days does.
        yield _Told(str(week), week.monday + 6 * ONE_DAY, week.monday)
    for found in employment.verifications.all():
        yield _Told(str(found), found.seen_on, found.seen_on)


def _agreed(employment: Employment) -> Iterable[_Told]:
    """What was agreed; an amendment that made the contract permanent holds from the day after its last one."""
    for row in employment.amendments.filter(becomes=""):
        yield _Told(str(row), row.effective_on, row.effective_on)
