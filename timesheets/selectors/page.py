"""What the page of a time sheet shows: its days, its projects, and what each line is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.selectors.workdays import working_days_of
from foundation.formatting import date_words, duration_words
from timesheets.rules.sheets import Apart, Change, Kind, Line, Minutes, by_day_and_project, minutes_of
from timesheets.selectors.sheets import Named, Sheet, names_of

REASONS: dict[Apart, str | Promise] = {
    Apart.AFTER_EXIT: _("après la sortie du dossier"),
    Apart.CLOCK_USED_UP: _("24 mois épuisés, hors suivi en entreprise"),
    Apart.PROJECT_DATES: _("hors des dates du projet"),
}
KINDS: dict[Kind, str | Promise] = {
    Kind.CONTACT: _("entretien ou contact"),
    Kind.SESSION: _("séance collective"),
    Kind.PROSPECTION: _("visite ou appel à une entreprise"),
    Kind.OTHER: _("autre prestation"),
}


@dataclass(frozen=True, slots=True)
class ProjectMinutes:
    """The minutes of one project (none: ``code`` is empty), on a day or over the month."""

    code: str
    minutes: Minutes


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the sheet: its projects in order, its total, and whether people usually work on it."""

    on: date
    projects: tuple[ProjectMinutes, ...]
    is_working: bool

    @property
    def total(self) -> int:
        """The minutes that count, every project together."""
        return sum(one.minutes.total for one in self.projects)


@dataclass(frozen=True, slots=True)
class Told:
    """A line and what it is about."""

    line: Line
    named: Named
    reason: str | Promise = ""

    @property
    def kind(self) -> str | Promise:
        return KINDS[self.line.kind]


@dataclass(frozen=True, slots=True)
class Moved:
    """A change since the signature, and what it is about."""

    change: Change
    named: Named

    @property
    def kind(self) -> str | Promise:
        """What it is about: a contact, a session, an entry."""
        return KINDS[self.change.line.kind]

    @property
    def words(self) -> str:
        """What is no longer as it was signed."""
        return moved_words(self.change)


@dataclass(frozen=True)
class SheetPage:
    """A sheet ready for its template. ``opened`` is the day whose lines are told, if one was asked for."""

    sheet: Sheet
    user: User
    opened: date | None = None

    @cached_property
    def days(self) -> list[Day]:
        """The days on which something counts, in order."""
        return days_of(self.sheet)

    @cached_property
    def projects(self) -> list[ProjectMinutes]:
        """The minutes of the month by project, no project last."""
        return project_minutes(self.sheet.lines)

    @cached_property
    def _names(self) -> dict[str, Named]:
        shown: Sequence[Line] = (
            *self.sheet.apart,
            *(change.line for change in self.sheet.moved),
            *(line for line in self.sheet.lines if line.on == self.opened),
        )
        return names_of(shown, self.user)

    @cached_property
    def day(self) -> list[Told]:
        """The lines of the day that is opened."""
        return [self._told(line) for line in self.sheet.lines if line.on == self.opened]

    @cached_property
    def apart(self) -> list[Told]:
        """What counts in no project, with the reason."""
        return [self._told(line) for line in self.sheet.apart]

    @cached_property
    def entries(self) -> list[Told]:
        """What was added by hand."""
        return [self._told(line) for line in self.sheet.lines if line.kind is Kind.OTHER]

    @cached_property
    def moved(self) -> list[Moved]:
        """What is no longer as it was signed."""
        return [Moved(change, self._names.get(change.line.ref, Named(""))) for change in self.sheet.moved]

    def _told(self, line: Line) -> Told:
        known = names_of([line], self.user) if line.kind is Kind.OTHER else self._names
        return Told(line, known.get(line.ref, Named("")), REASONS.get(line.apart, ""))


def moved_words(change: Change) -> str:
    """What is no longer as it was signed: « 30 min signées, 45 min à présent », « projet PILOTE, à présent FSE »."""
    before, now = change.before, change.now
    if before is None or now is None:
        minutes = duration_words(change.line.minutes)
        words = gettext("ajoutée, %(minutes)s") if before is None else gettext("disparue, %(minutes)s signées")
        return words % {"minutes": minutes}
    found = []
    if before.minutes != now.minutes:
        both = {"before": duration_words(before.minutes), "now": duration_words(now.minutes)}
        found.append(gettext("%(before)s signées, %(now)s à présent") % both)
    if before.on != now.on:
        found.append(gettext("passée au %(day)s") % {"day": date_words(now.on)})
    if before.project_id != now.project_id:
        nothing = gettext("aucun projet")
        both = {"before": before.project or nothing, "now": now.project or nothing}
        found.append(gettext("%(before)s, à présent %(now)s") % both)
    if before.apart != now.apart:
        reason = REASONS.get(now.apart)
        found.append(
            gettext("à présent hors projet (%(reason)s)") % {"reason": reason}
            if reason
            else gettext("compte à présent pour son projet")
        )
    return "\u00a0; ".join(found) or gettext("un détail a changé")


def days_of(sheet: Sheet) -> list[Day]:
    """The days on which something counts, in order, with the minutes of each project, and whether the house works."""
    grouped: dict[date, list[ProjectMinutes]] = {}
    for (on, _project), found in by_day_and_project(sheet.lines).items():
        grouped.setdefault(on, []).append(ProjectMinutes(found[0].project, minutes_of(found)))
    workdays = working_days_of(sheet.organisation.pk, sheet.month)
    return [Day(on, tuple(projects), workdays.is_working(on)) for on, projects in grouped.items()]


def project_minutes(lines: Iterable[Line]) -> list[ProjectMinutes]:
    """The minutes that count by project, in order of code, those without a project last."""
    grouped: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if line.counted:
            grouped.setdefault((line.project, line.project_id), []).append(line)
    ordered = sorted(grouped.items(), key=lambda item: (not item[0][1], item[0]))
    return [ProjectMinutes(code, minutes_of(found)) for (code, _key), found in ordered]
