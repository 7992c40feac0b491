"""What a report covers: whose data, over which days."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Organisation, Project, Site, User

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
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Organisations and an inclusive period, narrowed by site, project or coach.

    Raises:
        ValueError: the period ends before it starts, or no organisation is named.
    """

    organisations: tuple[Organisation, ...]
    first: date
    last: date
    site: Site | None = None
    project: Project | None = None
    coach: User | None = None

    def __post_init__(self) -> None:
        """Refuse a scope that covers nothing."""
        if self.last < self.first:
            raise ValueError("a period cannot end before it starts")
        if not self.organisations:
            raise ValueError("a report is about at least one organisation")

    def in_words(self) -> tuple[tuple[str, str], ...]:
        """The scope as labelled words, for headings and first pages."""
        words = [
            ("Période", f"du {self.first:%d/%m/%Y} au {self.last:%d/%m/%Y}"),
            (
                "Organisme" if len(self.organisations) == 1 else "Organismes",
                ", ".join(o.name for o in self.organisations),
            ),
        ]
        if self.site:
            words.append(("Site", str(self.site)))
        if self.project:
            words.append(("Projet", str(self.project)))
        if self.coach:
            words.append(("Jobcoach", self.coach.get_full_name()))
        return tuple(words)
