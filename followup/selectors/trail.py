"""The path of a case as one image: its shapes, the sentence that stands for it, and the same in words as a table."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from beneficiaries.models import CoachingCase, PhaseSpell
from followup.enums import Outcome
from followup.models import Appointment, CaseStatus, Contact
from followup.rules.cadence import counts_for_employer
from followup.rules.trail import Bar, Dot, Mark, Span, Tick, TrailShape, trail
from followup.selectors.events import JoinedLines
from foundation.formatting import span
from foundation.rules.periods import Period
from method.rules.phases import Phase
from placements.enums import RequestState
from placements.models import Employment
from placements.selectors.discretion import hidden_among
from placements.selectors.jobs import load_jobs

_MONTHS = (
    gettext_lazy("janv."),
    gettext_lazy("févr."),
    gettext_lazy("mars"),
    gettext_lazy("avr."),
    gettext_lazy("mai"),
    gettext_lazy("juin"),
    gettext_lazy("juil."),
    gettext_lazy("août"),
    gettext_lazy("sept."),
    gettext_lazy("oct."),
    gettext_lazy("nov."),
    gettext_lazy("déc."),
)

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


def trail_on_paper(case: CoachingCase, on: date) -> Trail:
    """The path as a document that leaves the house shows it: no firm of a follow-up that is hidden is named."""
    status = CaseStatus.objects.annotate(**with_marks(on)).get(case=case)
    return trail_of(case, status, on, discreet=True)


def trail_of(case: CoachingCase, status: CaseStatus, on: date, *, discreet: bool = False) -> Trail:
    """The path of a case whose spells are loaded, its status read `with_marks`; no statement for what the header of the
    case has read (contracts, suspensions).
    """
    spells = list(case.spells.all())
    jobs = [job for job in load_jobs(case) if job.cancelled_on is None]
    marks = list(_marks(status))
    works = [*_contracts(jobs, discreet=discreet), *_suspensions(case)]
    shape = trail([_phase(spell) for spell in spells], works, marks, on)
    return _drawn(shape, marks, _lines(spells, works), len(jobs))


def _phase(spell: PhaseSpell) -> Span:
    label = Phase(spell.phase).heading
    told = _("%(what)s, %(when)s") % {"what": label, "when": span(spell.starts_on, spell.ends_on)}
    return Span(spell.phase, Period(spell.starts_on, spell.ends_on), label, told)


def _contracts(jobs: Sequence[Employment], *, discreet: bool) -> Iterator[Span]:
    hidden = hidden_among(jobs) if discreet else frozenset()
    for job in jobs:
        worked = job.as_contract().worked
        if worked.is_empty:
            continue
        firm = _("un employeur qui n’est pas nommé") if job.family in hidden else job.company.name
        words = f"{job.get_contract_type_display()} {'' if job.family in hidden else firm}".strip()
        title = _("%(contract)s chez %(firm)s, %(when)s") % {
            "contract": job.get_contract_type_display(),
            "firm": firm,
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


def with_marks(on: date) -> dict[str, Subquery]:
    """Contacts and appointments to come of each status of a queryset, a line each: read with it, at no statement."""
    held = Contact.objects.filter(case=OuterRef("case_id")).order_by().values("case")
    planned = Appointment.objects.planned().filter(case=OuterRef("case_id"), on__gte=on).order_by().values("case")
    line = Concat(_text("on"), _BAR, "channel", _BAR, "outcome", _BAR, "party", output_field=CharField())
    return {
        "contact_marks": Subquery(held.annotate(marks=JoinedLines(line)).values("marks")),
        "planned_marks": Subquery(planned.annotate(marks=JoinedLines(_text("on"))).values("marks")),
    }


def _text(column: str) -> Cast:
    return Cast(column, CharField())


_BAR = Value("|")


def _marks(status: CaseStatus) -> Iterator[Mark]:
    for line in (getattr(status, "contact_marks", None) or "").splitlines():
        day, channel, outcome, party = line.split("|")
        kind = "employer" if counts_for_employer(channel, outcome, party) else "held"
        yield Mark(kind if outcome == Outcome.HELD else "missed", date.fromisoformat(day))
    for line in (getattr(status, "planned_marks", None) or "").splitlines():
        yield Mark("planned", date.fromisoformat(line))


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
    month = str(_MONTHS[tick.on.month - 1])
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
