"""What a report covers: whose data, over which days."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Organisation, Project, Site, User
from foundation.errors import DomainError
from foundation.rules.observing import is_provisional, is_to_come, observed_until

# Beyond these years a date was mistyped: no such support existed yet, or nobody plans that far.
FIRST_YEAR = 1990
YEARS_AHEAD = 10


def period_mistake(first: date, last: date, on: date) -> tuple[str, str] | None:
    """Which end of a period makes no sense, seen from a day (`first` or `last`), and the sentence that says so."""
    if last < first:
        return "last", _("La fin de la période précède son début.")
    for name, day in (("first", first), ("last", last)):
        if not FIRST_YEAR <= day.year <= on.year + YEARS_AHEAD:
            limits = {"first": FIRST_YEAR, "last": on.year + YEARS_AHEAD}
            return name, _("Choisissez une année entre %(first)s et %(last)s.") % limits
    if is_to_come(first, on):
        return "first", to_come_words(first)
    return None


def to_come_words(first: date) -> str:
    """Why nothing is told of a period that has not begun."""
    return _("Cette période commence le %(day)s : rien n’en est encore observé.") % {"day": f"{first:%d/%m/%Y}"}


class PeriodToCome(DomainError):
    """Nothing of the period has happened yet."""

    def __init__(self, first: date) -> None:
        super().__init__("period_to_come", to_come_words(first), field="first")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Organisations and an inclusive period, narrowed by site, project or coach.

    `asked_until` is the last day that was asked for when the period ends after the day on which it is looked at: `last`
    is then that day, and the figures are provisional (`observed`).

    Raises:
        ValueError: the period ends before it starts, or no organisation is named.
    """

    organisations: tuple[Organisation, ...]
    first: date
    last: date
    site: Site | None = None
    project: Project | None = None
    coach: User | None = None
    asked_until: date | None = None

    def __post_init__(self) -> None:
        """Refuse a scope that covers nothing."""
        if self.last < self.first:
            raise ValueError("a period cannot end before it starts")
        if not self.organisations:
            raise ValueError("a report is about at least one organisation")

    def observed(self, on: date) -> "Scope":
        """The same scope as far as it can be seen on a day: what a report reads, whoever asks for it.

        Raises:
            PeriodToCome: the period begins after that day.
        """
        if not is_provisional(self.last, on):
            return self
        if is_to_come(self.first, on):
            raise PeriodToCome(self.first)
        return replace(self, last=observed_until(self.last, on), asked_until=self.asked_until or self.last)

    @property
    def is_provisional(self) -> bool:
        """Whether the period goes on after the last day that is counted."""
        return self.asked_until is not None

    def in_words(self) -> tuple[tuple[str, str], ...]:
        """The scope as labelled words, for headings and first pages."""
        until = self.asked_until or self.last
        words = [("Période", f"du {self.first:%d/%m/%Y} au {until:%d/%m/%Y}")]
        if self.is_provisional:
            words.append(("Chiffres", f"au {self.last:%d/%m/%Y}, provisoire : rien n’est compté après ce jour"))
        words.append(
            (
                "Organisme" if len(self.organisations) == 1 else "Organismes",
                ", ".join(o.name for o in self.organisations),
            )
        )
        if self.site:
            words.append(("Site", str(self.site)))
        if self.project:
            words.append(("Projet", str(self.project)))
        if self.coach:
            words.append(("Jobcoach", self.coach.get_full_name()))
        return tuple(words)
