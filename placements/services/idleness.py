"""Temporary unemployment (chômage temporaire): days without work under a contract that goes on."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.taking_back import gone
from foundation.asking import about_unlikely_date, ask
from foundation.persistence import save_checked
from foundation.rules.dates import CONTRACT_END, WORK_DAY
from foundation.rules.periods import Period
from placements.models import Employment, TemporaryUnemployment
from placements.services.guards import PlacementRefused, begin_telling, refuse_future
from privacy.audit import act


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleDays:
    """Temporary unemployment as it is told: both days belong to it, no last day means that it goes on."""

    kind: str
    starts_on: date
    ends_on: date | None
    learnt_on: date
    partial: bool = False
    note: str = ""
    confirmed: frozenset[str] = frozenset()


@act
def record_idleness(*, employment: Employment, stated: IdleDays, actor: User) -> TemporaryUnemployment:
    """Record days of temporary unemployment, whenever they are heard of. No clock moves: the contract goes on.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: the contract was called off, the days lie outside it, or were recorded already.
        InvalidFact: other days of temporary unemployment overlap them.
        Unconfirmed: one of the days is unlikely, and nobody said that it is meant.
    """
    begin_telling(employment.case, actor)
    employment = Employment.objects.select_for_update().get(pk=employment.pk)
    if employment.cancelled_on is not None:
        raise PlacementRefused("cancelled", _("Cette embauche a été annulée."))
    refuse_future(stated.learnt_on, "learnt_on")
    _refuse_days(employment, stated.starts_on, stated.ends_on)
    ask(
        [
            *about_unlikely_date(stated.starts_on, "starts_on", WORK_DAY),
            *about_unlikely_date(stated.ends_on, "ends_on", CONTRACT_END),
        ],
        stated.confirmed,
    )
    row = TemporaryUnemployment(
        employment=employment,
        kind=stated.kind,
        partial=stated.partial,
        starts_on=stated.starts_on,
        ends_on=stated.ends_on,
        learnt_on=stated.learnt_on,
        note=stated.note.strip(),
        recorded_by=actor,
    )
    save_checked(row)
    return row


@act
def end_idleness(*, row: TemporaryUnemployment, ends_on: date, actor: User) -> TemporaryUnemployment:
    """Say, or say again, which day was the last without work.

    Raises:
        NotAllowed: the case is not the actor's.
        TakeBackRefused: it was taken back.
        PlacementRefused: the day lies before its first one or outside the contract.
        InvalidFact: other days of temporary unemployment overlap them.
    """
    begin_telling(row.employment.case, actor)
    found = TemporaryUnemployment.objects.select_for_update(of=("self",)).select_related("employment")
    kept: TemporaryUnemployment | None = found.filter(pk=row.pk).first()
    if kept is None:
        raise gone()
    row = kept
    _refuse_days(row.employment, row.starts_on, ends_on)
    row.ends_on = ends_on
    save_checked(row)
    return row


def _refuse_days(employment: Employment, starts_on: date, ends_on: date | None) -> None:
    """The days are in order, and the contract covers them."""
    if ends_on is not None and ends_on < starts_on:
        raise PlacementRefused("end_before_start", _("Le dernier jour précède le premier."), field="ends_on")
    under = employment.as_contract().worked
    if not under.contains(starts_on):
        raise PlacementRefused("outside", _("Le contrat ne courait pas ce jour-là."), field="starts_on")
    if ends_on is not None and not under.contains(ends_on):
        raise PlacementRefused("outside", _("Le contrat ne courait plus ce jour-là."), field="ends_on")


def covers(row: TemporaryUnemployment, on: date) -> bool:
    """Whether a day belongs to the period; both of its days do."""
    return Period.from_inclusive(row.starts_on, row.ends_on).contains(on)
