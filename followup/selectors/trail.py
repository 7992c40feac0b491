"""The path of a case as one image: its shapes, the sentence that stands for it, and the same in words as a table."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beneficiaries.models import CoachingCase, PhaseSpell
from followup.enums import AppointmentState, Outcome
from followup.models import Appointment, Contact
from followup.rules.cadence import counts_for_employer
from followup.rules.trail import Bar, Dot, Mark, Span, Tick, TrailShape, trail
from followup.selectors.events import known_rows
from foundation.formatting import span
from foundation.rules.periods import Period
from method.rules.phases import Phase
from placements.enums import RequestState
from placements.models import Employment
from placements.selectors.jobs import load_jobs

_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")

MARK_WORDS = {
    "held": lambda n: ngettext("%(n)s contact", "%(n)s contacts", n),
    "missed": lambda n: ngettext("%(n)s absence", "%(n)s absences", n),
    "employer": lambda n: ngettext("%(n)s contact avec l’employeur", "%(n)s contacts avec l’employeur", n),
    "planned": lambda n: ngettext("%(n)s rendez-vous prévu", "%(n)s rendez-vous prévus", n),
}


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar in places that SVG reads; ``y`` and ``height`` in pixels."""

    kind: str
    x: str
    width: str
    y: str
    height: str
    text_y: str
    planned: bool
    words: str
    title: str
    fits: str


@dataclass(frozen=True, slots=True)
class DrawnDot:
    """A mark in places that SVG reads."""

    kind: str
    x: str
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what, from when, until when."""

    what: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Trail:
    """Everything the template of the path shows."""

    sentence: str
    ticks: tuple[tuple[str, str, bool], ...]
    phases: tuple[DrawnBar, ...]
    works: tuple[DrawnBar, ...]
    dots: tuple[DrawnDot, ...]
    today_x: str
    today_left: bool
    kinds: frozenset[str]
    lines: tuple[Line, ...]
    counts: str


def trail_of(case: CoachingCase, on: date) -> Trail:
    """The path of a case whose spells are loaded; one statement for contacts and appointments, none for what the
    header of the case has read (contracts, suspensions).
    """
    spells = list(case.spells.all())
    jobs = [job for job in load_jobs(case) if job.cancelled_on is None]
    marks = list(_marks(case, on))
    works = [*_contracts(jobs), *_suspensions(case)]
    shape = trail([_phase(spell) for spell in spells], works, marks, on)
    return _drawn(shape, marks, _lines(spells, works), len(jobs))


def _phase(spell: PhaseSpell) -> Span:
    label = Phase(spell.phase).heading
    told = _("%(what)s, %(when)s") % {"what": label, "when": span(spell.starts_on, spell.ends_on)}
    return Span(spell.phase, Period(spell.starts_on, spell.ends_on), label, told)


def _contracts(jobs: Sequence[Employment]) -> Iterator[Span]:
    for job in jobs:
        worked = job.as_contract().worked
        if worked.is_empty:
            continue
        words = f"{job.get_contract_type_display()} {job.company.name}"
        title = _("%(contract)s chez %(firm)s, %(when)s") % {
            "contract": job.get_contract_type_display(),
            "firm": job.company.name,
            "when": span(worked.start, worked.last_day),
        }
        yield Span("work", worked, words, title)


def _suspensions(case: CoachingCase) -> Iterator[Span]:
    for one in case.suspensions.all():
        days = one.as_suspension().period
        if one.state != RequestState.APPROVED or days.is_empty:
            continue
        reason = one.get_reason_display()
        title = _("Suspension (%(reason)s), %(when)s") % {"reason": reason, "when": span(days.start, days.last_day)}
        yield Span("pause", days, reason[:1].upper() + reason[1:], title)


def _marks(case: CoachingCase, on: date) -> Iterator[Mark]:
    for source, day, channel, outcome, party in _dated(case, on):
        if source == "appointment":
            yield Mark("planned", day)
        elif outcome != Outcome.HELD:
            yield Mark("missed", day)
        else:
            yield Mark("employer" if counts_for_employer(channel, outcome, party) else "held", day)


def _dated(case: CoachingCase, on: date) -> Iterable[tuple[str, date, str, str, str]]:
    """The contacts of a case and its appointments to come; no statement after the thread has read them."""
    rows = known_rows(case)
    if rows is None:
        contacts = Contact.objects.filter(case=case).order_by().annotate(source=Value("contact"))
        planned = Appointment.objects.planned().filter(case=case, on__gte=on).order_by()
        texts = {name: Cast(Value(""), CharField()) for name in ("what", "whom")}
        planned = planned.annotate(source=Value("appointment"), **texts)
        columns = contacts.values_list("source", "on", "channel", "outcome", "party")
        return columns.union(planned.values_list("source", "on", "channel", "what", "whom"), all=True)
    known = [(row.source, row.day, row.code, row.outcome, row.party) for row in rows]
    return [
        row
        for row in known
        if row[0] == "contact" or (row[0] == "appointment" and row[3] == AppointmentState.PLANNED and row[1] >= on)
    ]


def _lines(spells: Sequence[PhaseSpell], works: Sequence[Span]) -> tuple[Line, ...]:
    found = []
    for spell in spells:
        last = Period(spell.starts_on, spell.ends_on)
        found.append(Line(Phase(spell.phase).heading, spell.starts_on, None if last.is_empty else last.last_day))
    found += [Line(work.title.rsplit(", ", 1)[0], work.period.start, work.period.last_day) for work in works]
    return tuple(sorted(found, key=lambda line: line.first))


def _drawn(shape: TrailShape, marks: Sequence[Mark], lines: tuple[Line, ...], jobs: int) -> Trail:
    counted = Counter(mark.kind for mark in marks)
    counts = ", ".join(
        words(counted[kind]) % {"n": counted[kind]} for kind, words in MARK_WORDS.items() if counted[kind]
    )
    phases = len({bar.title for bar in shape.phases})
    parts = [ngettext("%(n)s phase", "%(n)s phases", phases) % {"n": phases}]
    if jobs:
        parts.append(ngettext("%(n)s contrat", "%(n)s contrats", jobs) % {"n": jobs})
    pauses = sum(bar.kind == "pause" and not bar.planned for bar in shape.works)
    if pauses:
        parts.append(ngettext("%(n)s suspension", "%(n)s suspensions", pauses) % {"n": pauses})
    sentence = _("Le chemin, %(when)s : %(what)s") % {
        "when": span(shape.window.start, shape.window.last_day),
        "what": ", ".join([*parts, counts] if counts else parts),
    }
    return Trail(
        sentence=sentence,
        ticks=tuple((_tick_words(tick, shape), _share(tick.x), tick.wide_only) for tick in shape.ticks),
        phases=tuple(_bar(bar, 18.0, 20.0) for bar in shape.phases),
        works=tuple(_bar(bar, 42.0, 18.0) for bar in shape.works),
        dots=tuple(DrawnDot(dot.kind, _share(dot.x), _dot_words(dot)) for dot in shape.dots),
        today_x="" if shape.today_x is None else _share(shape.today_x),
        today_left=shape.today_x is not None and shape.today_x > 50,
        kinds=frozenset([*(bar.kind for bar in (*shape.phases, *shape.works)), *(dot.kind for dot in shape.dots)]),
        lines=lines,
        counts=counts,
    )


def _tick_words(tick: Tick, shape: TrailShape) -> str:
    years = (shape.window.days() or 0) > 1500
    if years:
        return str(tick.on.year)
    month = _MONTHS[tick.on.month - 1]
    return f"{month} {tick.on.year}" if tick.on.month == 1 or tick is shape.ticks[0] else month


def _bar(bar: Bar, top: float, room: float) -> DrawnBar:
    height = room / bar.lanes - (1 if bar.lanes > 1 else 0)
    y = top + bar.lane * room / bar.lanes
    fits = bar.fits if height > 12 else ""
    return DrawnBar(
        bar.kind,
        _share(bar.x),
        _share(bar.width),
        f"{y:.1f}",
        f"{height:.1f}",
        f"{y + height / 2 + 4:.1f}",
        bar.planned,
        bar.words,
        bar.title,
        fits,
    )


def _dot_words(dot: Dot) -> str:
    words = MARK_WORDS[dot.kind](dot.number) % {"n": dot.number}
    return _("%(what)s, %(when)s") % {"what": words, "when": span(dot.first, dot.last)}


def _share(value: float) -> str:
    return f"{value:.2f}%"
