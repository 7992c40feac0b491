"""A week ready to be drawn to scale: each thing with its hours and its lane, what is free, what clashes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.selectors.workdays import day_off_name
from followup.enums import AppointmentState
from followup.models import Appointment, CollectiveSession
from followup.selectors.agenda import Day, Week
from followup.selectors.busy import busy_periods
from foundation.formatting import duration_words
from foundation.rules.spans import HOUR, Lane, Span, clashes, drawn_hours, free_spans, lanes
from foundation.rules.workdays import is_weekend

#: what is drawn is rounded to so many minutes
_GRAIN = 5
_MOST_LANES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing of a day: a `meeting`, a `session`, what is `busy` elsewhere, `free` time, or time `off`."""

    kind: str
    span: Span
    lane: Lane = field(default_factory=Lane)
    appointment: Appointment | None = None
    session: CollectiveSession | None = None
    words: str = ""
    clashes: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    @property
    def at(self) -> time:
        """When it begins."""
        return time(self.span.start // HOUR, self.span.start % HOUR)

    @property
    def until(self) -> time:
        """When it ends; midnight as the last minute of the day."""
        end = min(self.span.end, 24 * HOUR - 1)
        return time(end // HOUR, end % HOUR)

    @property
    def place(self) -> str:
        """The classes that put it at its hour, in its lane (week.css)."""
        start = self.span.start // _GRAIN * _GRAIN
        length = max(-(-(self.span.end - start) // _GRAIN) * _GRAIN, HOUR // 4)
        of = min(self.lane.of, _MOST_LANES)
        return (
            f"at-{start // HOUR} past-{start % HOUR} for-{length // HOUR} and-{length % HOUR}"
            f" lane-{min(self.lane.number, of - 1)} of-{of}{' is-short' if length <= HOUR // 2 else ''}"
        )

    @property
    def is_done(self) -> bool:
        """Whether it has an outcome."""
        return self.appointment is not None and self.appointment.state != AppointmentState.PLANNED

    @property
    def name(self) -> str:
        """Whom or what it is about."""
        if self.appointment is not None:
            return str(self.appointment.case.beneficiary.full_name)
        return str(self.session.series.title) if self.session is not None else self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnDay:
    """A day of the week: what has an hour by hour, what has none, why nobody works, in words what it holds."""

    day: Day
    off: str
    items: Sequence[Item]
    anytime: Sequence[Appointment]

    @property
    def on(self) -> date:
        """Which day."""
        return self.day.on

    @property
    def is_weekend(self) -> bool:
        """Whether it is a Saturday or a Sunday."""
        return is_weekend(self.on)

    @property
    def summary(self) -> str:
        """How much it holds, and how much of it is free."""
        if self.off and not self._meetings:
            return _("fermé")
        number = len(self._meetings)
        words = ngettext("%(n)s rendez-vous", "%(n)s rendez-vous", number) % {"n": number}
        clashing = sum(bool(item.clashes) for item in self.items)
        if clashing:
            return _("%(meetings)s, conflit") % {"meetings": words}
        free = sum(item.span.minutes for item in self.items if item.kind == "free")
        if not free:
            return words
        if not number:
            return _("libre %(free)s") % {"free": duration_words(free)}
        return _("%(meetings)s, libre %(free)s") % {"meetings": words, "free": duration_words(free)}

    @property
    def _meetings(self) -> list[object]:
        found: list[object] = [item for item in self.items if item.kind in ("meeting", "session")]
        return [*found, *self.anytime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Something that cannot be as it is planned: the sentence, and the appointment that would move."""

    on: date
    at: time
    words: str
    appointment: Appointment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnWeek:
    """The days that are shown, the hours that the drawing spans, what clashes."""

    week: Week
    days: Sequence[DrawnDay]
    first_hour: int
    last_hour: int
    clashes: Sequence[Clash] = field(default_factory=tuple)

    @property
    def hours(self) -> range:
        """The hours that stand beside the days."""
        return range(self.first_hour, self.last_hour)

    @property
    def has_weekend(self) -> bool:
        """Whether Saturday and Sunday are drawn."""
        return len(self.days) > 5


#: when somebody is taken by a calendar of their own: whose, from when to when, in Brussels
Busy = tuple[UUID, datetime, datetime]


def busy_of(coaches: Iterable[User], first: date, last: date) -> list[Busy]:
    """When these people, whose agendas the reader may read, are taken by calendars of their own; one statement."""
    return [
        (key, timezone.localtime(start), timezone.localtime(end))
        for key, start, end in busy_periods(coaches, first, last)
    ]


def drawn_week(
    week: Week, now: datetime, *, weekend: bool = False, plans: bool = True, busy: Iterable[Busy] = ()
) -> DrawnWeek:
    """The week ready to be drawn; ``now`` is the moment in Brussels. No statement.

    Saturday and Sunday are drawn when they hold something or are asked for. Free time is offered to whoever ``plans``.
    """
    taken = list(busy)
    days = [drawn_day(day, week.coach, now, plans=plans, busy=taken) for day in week.days]
    shown = [day for day in days if weekend or not day.is_weekend or day.items or day.anytime]
    if any(day.is_weekend for day in shown):
        shown = days
    first, last = drawn_hours(item.span for day in shown for item in day.items if item.kind != "off")
    return DrawnWeek(
        week=week,
        days=shown,
        first_hour=first,
        last_hour=last,
        clashes=[clash for day in shown for clash in _clashes_of(day)],
    )


def drawn_day(
    day: Day, coach: User, now: datetime, *, plans: bool = True, busy: Iterable[Busy] = (), names: bool = True
) -> DrawnDay:
    """One day of somebody ready to be drawn; without ``names``, that they are taken is all that is said."""
    off = day_off_name(coach.current_organisation_id, day.on)
    timed = [one for one in day.appointments if one.at is not None]
    things: list[tuple[str, Span, Appointment | None, CollectiveSession | None]] = [
        *(("meeting", _span(one.at, one.minutes), one, None) for one in timed),
        *(("session", _span(one.at, one.minutes), None, one) for one in day.sessions),
        *(("busy", span, None, None) for span in _busy_spans(busy, coach, day.on)),
    ]
    things.sort(key=lambda thing: (thing[1].start, thing[1].end))
    spans = [span for _kind, span, _appointment, _session in things]
    where = lanes(spans)
    told, said = _clash_words(things, off, day) if names else ({}, {})
    items = [
        Item(
            kind=kind if names else "busy",
            span=span,
            lane=where[number],
            appointment=appointment if names else None,
            session=session if names else None,
            words=_("Occupé, autre agenda") if names else _("Occupé"),
            clashes=tuple(told.get(number, ())),
            said=tuple(said.get(number, ())),
        )
        for number, (kind, span, appointment, session) in enumerate(things)
    ]
    items += _off_items(day, off)
    if plans and not off and day.absence is None and not is_weekend(day.on):
        items += [Item(kind="free", span=span) for span in _free(spans, day.on, now)]
    items.sort(key=lambda item: (item.kind == "off", item.span.start, item.span.end))
    return DrawnDay(day=day, off=off, items=items, anytime=[one for one in day.appointments if one.at is None])


def _span(at: time | None, minutes: int) -> Span:
    hour = at or time(0)
    return Span.lasting(hour.hour * HOUR + hour.minute, minutes)


def _free(spans: Sequence[Span], on: date, now: datetime) -> list[Span]:
    """What may still be planned: nothing of the past."""
    if on < now.date():
        return []
    since = now.hour * HOUR + now.minute if on == now.date() else 0
    return free_spans(spans, since=since)


def _busy_spans(busy: Iterable[Busy], coach: User, on: date) -> list[Span]:
    """The part of one day that a calendar of one's own takes."""
    found = []
    for key, starts, ends in busy:
        if key != coach.pk or starts.date() > on or ends.date() < on:
            continue
        start = starts.hour * HOUR + starts.minute if starts.date() == on else 0
        end = ends.hour * HOUR + ends.minute if ends.date() == on else 24 * HOUR
        if end > start:
            found.append(Span(start, end))
    return found


def _off_items(day: Day, off: str) -> list[Item]:
    """The hatched day of somebody who does not work: the house is closed, or they are away."""
    whole = Span(8 * HOUR, 18 * HOUR)
    if off:
        return [Item(kind="off", span=whole, words=off)]
    if day.absence is None:
        return []
    stand_in = day.absence.replacement
    words = _("Absence ; remplacement : %(name)s") % {"name": stand_in.get_full_name()} if stand_in else _("Absence")
    return [Item(kind="off", span=whole, words=words)]


def _clash_words(
    things: Sequence[tuple[str, Span, Appointment | None, CollectiveSession | None]], off: str, day: Day
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Why a thing that is still planned cannot be as it is, by its position; and the same with each pair said once."""

    def name(number: int) -> str:
        _kind, _span, appointment, session = things[number]
        if appointment is not None:
            return str(appointment.case.beneficiary.full_name)
        return str(session.series.title) if session is not None else _("votre propre agenda")

    planned = [
        number for number, thing in enumerate(things) if thing[2] is None or thing[2].state == AppointmentState.PLANNED
    ]
    told: dict[int, list[str]] = {}
    said: dict[int, list[str]] = {}
    for first, second in clashes([things[number][1] for number in planned]):
        one, other = planned[first], planned[second]
        told.setdefault(one, []).append(_("se chevauche avec %(other)s") % {"other": name(other)})
        words = _("se chevauche avec %(other)s") % {"other": name(one)}
        told.setdefault(other, []).append(words)
        # Of the two, one that can be moved from here is named first.
        mover = one if things[other][2] is None else other
        said.setdefault(mover, []).append(told[mover][-1])
    for number in planned:
        if things[number][2] is None:
            continue
        if off or day.absence is not None:
            words = _("tombe un jour non travaillé (%(reason)s)") % {"reason": off} if off else ""
            words = words or _("tombe pendant une absence")
            told.setdefault(number, []).append(words)
            said.setdefault(number, []).append(words)
    return told, said


def _clashes_of(day: DrawnDay) -> list[Clash]:
    """What is said above the week: a pair once, at the one that begins second."""
    return [
        Clash(
            on=day.on,
            at=item.at,
            words=_("%(name)s %(why)s.") % {"name": item.name, "why": why},
            appointment=item.appointment,
        )
        for item in day.items
        for why in item.said
    ]
