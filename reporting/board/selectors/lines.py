"""What the page and the sheet of the board show, in words and drawings: each figure with the list that it opens."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followup.rules.watching import Step, Watch
from foundation.formatting import date_words, number_words
from reporting.board.models import BoardReading
from reporting.board.rules.mondays import WEEK, monday_of
from reporting.board.rules.outlook import Conclusion, Outlook
from reporting.board.selectors.board import Dashboard
from reporting.board.selectors.comparing import SHOWN, Compared, Readings
from reporting.board.selectors.loads import CoachLoad
from reporting.board.selectors.mondays import PastWeek
from tables.drawn_charts import Drawing, stacked, with_last_year
from tables.drawn_charts import funnel as funnel_of
from tables.small_charts import Columns, Spark, columns, share, spark


def cases_url(**asked: str) -> str:
    """The list of cases of the whole team, narrowed."""
    return f"{reverse('followup:case_list')}?{urlencode({'coach': 'tous'} | asked)}"


@dataclass(frozen=True, slots=True)
class Change:
    """How much a figure moved: its words, and whether that is good, bad, or neither (accent)."""

    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it counts, its value, its list, how it moved, and its line."""

    label: str
    value: int
    url: str
    since_monday: Change | None
    in_a_year: Change | None
    spark: Spark


@dataclass(frozen=True, slots=True)
class LoadLine:
    """A coach with the load drawn and said. ``load`` is said beside the cases where the house weighs."""

    load: CoachLoad
    url: str
    late_url: str
    fte: str
    norm: str
    weighed: str
    used: str
    over: str
    norm_at: str
    drawn: Columns
    weeks: str
    words: str
    is_alarming: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A line of a chart of shares: words, number, list, how much of the whole."""

    label: str
    number: int
    url: str
    width: str
    share: str
    #: whether handing over settles it
    acts: bool = False


# What a rise means: 1 good, -1 bad, 0 neither.
_SENSES = {"open_cases": 0, "late": -1, "silent": -1, "ending": -1, "hired": 1, "durable": 1}


def change(moved: int | None, sense: int) -> Change | None:
    """What a move says; none when there is nothing to compare with."""
    if moved is None:
        return None
    if moved == 0:
        return Change("=")
    tone = "" if sense == 0 else "good" if moved * sense > 0 else "bad"
    return Change(f"+{number_words(moved)}" if moved > 0 else number_words(moved), tone)


def named(year: int) -> list[tuple[str, str, str]]:
    """The six figures in their order: the name of each, its words, and the list that today's opens."""
    said = {"year": year}
    return [
        ("open_cases", _("Dossiers ouverts"), cases_url()),
        ("late", _("Contacts en retard"), cases_url(urgency="retard", sort="due")),
        ("silent", _("Silencieux"), cases_url(watch=Watch.SILENT, sort="last")),
        ("ending", _("24 mois à moins de 90 jours"), cases_url(watch=Watch.PREHIRE_90, sort="prehire")),
        ("hired", _("En emploi, entrées de %(year)s") % said, cases_url(step=Step.HIRED, state="tous")),
        ("durable", _("Insertions durables, entrées de %(year)s") % said, cases_url(step=Step.DURABLE, state="tous")),
    ]


def figures(board: Dashboard) -> list[Figure]:
    """The six figures of the page, in their order."""
    return [_figure(label, url, board.figures[name], _SENSES[name]) for name, label, url in named(board.on.year)]


def _figure(label: str, url: str, found: Compared, sense: int) -> Figure:
    drawn = spark(found.line, found.year_line)
    since, ago = change(found.since_monday, sense), change(found.in_a_year, sense)
    return Figure(label, found.value, url, since, ago, drawn)


def moved_words(moved: Sequence[tuple[str, int | None]]) -> str:
    """What moved of the figures, in words; "" when nothing is known to compare with."""
    known = [(label, number) for label, number in moved if number is not None]
    if not known:
        return ""
    said = [
        (_("%(what)s : %(n)s de plus") if number > 0 else _("%(what)s : %(n)s de moins"))
        % {"what": label[:1].lower() + label[1:], "n": number_words(abs(number))}
        for label, number in known
        if number
    ]
    return " ; ".join(said) or _("rien n’a bougé")


def compared_words(board: Dashboard) -> list[str]:
    """How the figures moved since the last Monday that was read, and in a year: one sentence each."""
    told = named(board.on.year)
    since = moved_words([(label, board.figures[name].since_monday) for name, label, _url in told])
    ago = moved_words([(label, board.figures[name].in_a_year) for name, label, _url in told])
    kept = board.readings
    found = []
    if kept.last is not None and since:
        found.append(
            _("Depuis le relevé du lundi %(day)s, %(moved)s.") % {"day": date_words(kept.last), "moved": since}
        )
    if kept.ago is not None and ago:
        found.append(_("En un an, depuis le %(day)s, %(moved)s.") % {"day": date_words(kept.ago), "moved": ago})
    return found


def late_chart(board: Dashboard) -> Drawing | None:
    """The people late to be seen, Monday after Monday, with the year before; none before the first reading."""
    found = board.figures["late"]
    if board.readings.last is None:
        return None
    monday = monday_of(board.on)
    weeks = [monday - place * WEEK for place in range(SHOWN, -1, -1)]
    ticks = [*(date_words(week)[:5] for week in weeks if week < board.on), _("Aujourd’hui")]
    names = (_("cette année"), _("l’an dernier"))
    return with_last_year(
        _("Contacts en retard, lundi après lundi"), _("Semaine"), names, ticks, found.line, found.year_line
    )


def funnel_chart(board: Dashboard) -> Drawing:
    """How far those who entered this year came, as a drawing for paper."""
    steps = [(step.label[:1].upper() + step.label[1:], board.counted[step]) for step in Step]
    columns = (_("Étape"), _("Personnes"), _("Du début"), _("De l’étape d’avant"))
    return funnel_of(_("De l’orientation à l’emploi durable"), columns, steps)


def phases_chart(board: Dashboard) -> Drawing:
    """The open cases of each coach of the page, by phase."""
    parts = [label[:1].upper() + label[1:] for _code, label, _number in board.phases]
    rows = [
        (
            load.coach.get_full_name(),
            [board.by_coach.get(load.coach.pk, {}).get(code, 0) for code, *_rest in board.phases],
        )
        for load in board.coaches[:PHASES_SHOWN]
    ]
    return stacked(_("Dossiers par jobcoach et par phase"), _("Jobcoach"), parts, rows)


@dataclass(frozen=True, slots=True)
class PastFigure:
    """One figure of a past Monday: what it was, how it had moved in a week and in a year, and what it is today."""

    label: str
    then: int
    week: Change | None
    year: Change | None
    now: int
    since: Change | None
    url: str


def past_figures(past: PastWeek) -> list[PastFigure]:
    """The six figures of a Monday, in their order; none when it was not read."""
    if past.reading is None:
        return []

    def moved(name: str, value: int, other: BoardReading | None) -> Change | None:
        return None if other is None else change(value - getattr(other, name), _SENSES[name])

    return [
        PastFigure(
            label,
            then := getattr(past.reading, name),
            moved(name, then, past.before),
            moved(name, then, past.year_before),
            past.now[name],
            moved(name, past.now[name], past.reading),
            url,
        )
        for name, label, url in named(past.week.year)
    ]


def past_words(past: PastWeek) -> str:
    """The sentence that says how the figures moved from that Monday to today."""
    if past.reading is None:
        return ""
    told = [(label, past.now[name] - getattr(past.reading, name)) for name, label, _url in named(past.week.year)]
    return _("De ce lundi à aujourd’hui, %(moved)s.") % {"moved": moved_words(told)}


#: coaches whose phases are drawn
PHASES_SHOWN = 8
#: Mondays that stand as tabs, before the one of a year ago
TABS = 3


def week_tabs(kept: Readings, week: date | None = None) -> list[dict[str, object]]:
    """Today, the last Mondays that were read, that of a year ago, and the one shown when it is none of these."""
    shown = [row.week for row in kept.past[:TABS]]
    shown += [day for day in (kept.ago, week) if day is not None and day not in shown]
    here = [{"label": _("Aujourd’hui"), "url": reverse("reporting:dashboard"), "current": week is None}]
    return here + [
        {
            "label": _("Lundi %(day)s") % {"day": date_words(day)},
            "url": reverse("reporting:dashboard_monday", args=[day.isoformat()]),
            "current": day == week,
        }
        for day in shown
    ]


def _people(number: Decimal) -> str:
    """A number of people, as short as it is exact to a tenth."""
    rounded = round(number, 1)
    return number_words(int(rounded) if rounded == int(rounded) else rounded)


def outlook_words(outlook: Outlook | None) -> str:
    """The sentence that concludes."""
    if outlook is None or outlook.week is None:
        return _("pas de norme : aucun temps de jobcoaching")
    told = {"load": _people(outlook.load), "day": date_words(outlook.week)[:5], "gap": _people(outlook.gap)}
    sentences = {
        Conclusion.OVER_SOON: _("%(load)s le %(day)s, %(gap)s de plus que la norme"),
        Conclusion.OVER_STAYS: _("encore %(load)s le %(day)s, %(gap)s de plus que la norme"),
        Conclusion.RETURNS: _("revient à la norme le %(day)s"),
        Conclusion.ROOM: _("%(load)s le %(day)s, place pour %(gap)s"),
        Conclusion.WITHIN: _("ne dépasse pas la norme"),
    }
    return sentences[outlook.conclusion] % told


def load_lines(board: Dashboard) -> list[LoadLine]:
    """The coaches of the page; the norm stands at the same place for each, whatever their hours."""
    return [_load_line(load, board) for load in board.coaches]


def _load_line(load: CoachLoad, board: Dashboard) -> LoadLine:
    key = str(load.coach.pk)
    # The bar holds 130 % of the norm: what is beyond is full.
    whole = load.norm * Decimal("1.3") if load.norm else max(load.load, Decimal(1))
    return LoadLine(
        load=load,
        # Among the coaches of the list is whoever carries a case.
        url=cases_url(coach=key) if load.cases else "",
        late_url=cases_url(coach=key, urgency="retard", sort="due"),
        fte=_("%(fte)s ETP") % {"fte": number_words(load.fte.normalize())},
        norm=_people(load.norm),
        weighed="" if board.loads.weights.are_plain else _people(load.load),
        used=share(load.load, whole),
        over=share(load.over_by, whole) if load.norm else "0%",
        norm_at=share(load.norm, whole),
        drawn=columns(load.weeks, load.norm),
        weeks=", ".join(_people(week) for week in load.weeks),
        words=outlook_words(load.outlook),
        is_alarming=load.outlook is not None and load.outlook.is_alarming,
    )


def funnel(board: Dashboard) -> list[Part]:
    """How far those who entered this year came."""
    whole = board.counted[Step.REFERRED]
    return [
        _part(step.label[:1].upper() + step.label[1:], board.counted[step], whole, step=step, state="tous")
        for step in Step
    ]


def obstacles(board: Dashboard) -> list[Part]:
    """The open obstacles, with the part of the open cases that have each."""
    return [
        _part(label[:1].upper() + label[1:], number, board.open_cases, obstacle=kind)
        for kind, label, number in board.obstacles
    ]


def phases(board: Dashboard) -> list[Part]:
    """The open cases by phase."""
    return [
        _part(label[:1].upper() + label[1:], number, board.open_cases, phase=code)
        for code, label, number in board.phases
    ]


def _part(label: str, number: int, whole: int, **asked: str) -> Part:
    said = _("%(n)s %%") % {"n": number_words(round(100 * number / whole))} if whole else "–"
    return Part(label, number, cases_url(**asked), share(number, whole), said)


def gaps(board: Dashboard) -> Sequence[Part]:
    """What is missing or left alone, of which there is some."""
    told = (
        (Watch.EXPIRED, _("24 mois épuisés")),
        (Watch.UNCHECKED, _("Éligibilité jamais vérifiée, hors phase préparatoire")),
        (Watch.ORPHAN, _("Dossiers sans jobcoach en fonction")),
        (Watch.ALONE, _("Dossiers dont le ou la jobcoach est en absence, sans remplacement")),
    )
    found = [
        replace(_part(label, board.counted[code], board.open_cases, watch=code), acts=code == Watch.ORPHAN)
        for code, label in told
    ]
    return [part for part in found if part.number]


def waiting_words(board: Dashboard) -> str:
    """How many requests wait, and since when the oldest does; how many are shown when not all are."""
    waiting = [one.request for one in board.requests if one.done is None]
    if not waiting:
        return ""
    told = {"n": board.waiting, "day": date_words(waiting[0].requested_on), "shown": len(waiting)}
    said = ngettext("%(n)s demande, du %(day)s", "%(n)s demandes, la plus ancienne du %(day)s", board.waiting) % told
    return (
        said if len(waiting) == board.waiting else _("%(said)s ; les %(shown)s premières ici") % (told | {"said": said})
    )
