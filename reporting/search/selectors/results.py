"""What a search shows: the first of each kind, and each kind page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from beneficiaries.models import CoachingCase
from followup.models import Contact
from foundation.formatting import date_words
from foundation.views import paginate
from reporting.search.rules import Part, Reading, excerpt, parts_of
from reporting.search.selectors import finding, hits
from reporting.search.selectors.hits import Act, Hit
from reporting.search.selectors.notes import Note, notes_saying, read_notes

KINDS: Mapping[str, tuple[str | Promise, str]] = {
    finding.PEOPLE: (_("Personnes"), "users"),
    finding.FIRMS: (_("Entreprises"), "building-2"),
    finding.JOBS: (_("Postes à pourvoir"), "briefcase"),
    finding.NOTES: (_("Notes des contacts et des visites"), "message-square-text"),
}
# Of each kind: in the palette, on the page.
FEW, SOME = 5, 12
EXCERPT = 180


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind; `more` when there are others."""

    kind: str
    title: str | Promise
    hits: Sequence[Hit]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """What answers, by kind; `acts` are those of the first person found.

    `approximate` when nothing is spelt as asked; `read` are the cases of which the trail tells that they were found.
    """

    groups: Sequence[Group] = ()
    first: Hit | None = None
    acts: Sequence[Act] = ()
    approximate: bool = False
    read: Sequence[CoachingCase] = ()

    @property
    def number(self) -> int:
        """How many things are shown."""
        return sum(len(group.hits) for group in self.groups)

    @property
    def told(self) -> str:
        """How many, in words."""
        return hits.found_words(self.number)


def results_of(reading: Reading, user: User, on: date, limit: int, *, acts: bool = False) -> Results:
    """The first of each kind, with what may be done for the first person when asked. The statements are those of
    `finding.find`, and four besides.
    """
    found = finding.find(reading, user, limit)
    kinds = (
        (finding.PEOPLE, hits.people(found.people, reading, user, on)),
        (finding.FIRMS, hits.firms(found.firms, reading, on)),
        (finding.JOBS, hits.jobs(found.jobs, reading)),
    )
    groups = [Group(kind, KINDS[kind][0], shown, kind in found.more) for kind, shown in kinds if shown]
    people = kinds[0][1]
    first = people[0] if people else None
    return Results(
        groups=groups,
        first=first,
        acts=hits.acts_for(first.status, user, on) if acts and first and first.status else (),
        approximate=found.approximate,
        read=_identified(reading, people),
    )


def _identified(reading: Reading, people: Sequence[Hit]) -> Sequence[CoachingCase]:
    """The cases found by what identifies a person: that somebody asked by a number or a day is told on the file. A list
    of names is read by the whole team (docs/decisions/0002-who-sees-what.md), and tells nothing.
    """
    return [hit.status.case for hit in people if hit.status] if reading.identifies else ()


def page_of(kind: str, reading: Reading, request: HttpRequest, user: User, on: date) -> dict[str, Any]:
    """One page of a kind: `page_obj`, its `hits`, and `read`, the cases that the trail is told of."""
    if kind == finding.NOTES:
        page = paginate(request, notes_saying(reading.words, user))
        notes = read_notes(page)
        return {"page_obj": page, "hits": [_note(note, reading) for note in notes], "read": _told(notes)}
    if kind == finding.PEOPLE:
        page = paginate(request, finding.matching_people(reading, user).values_list("pk", flat=True))
        shown = hits.people(list(page), reading, user, on)
        return {"page_obj": page, "hits": shown, "read": _identified(reading, shown)}
    if kind == finding.FIRMS:
        page = paginate(request, finding.matching_firms(reading, user))
        return {"page_obj": page, "hits": hits.firms(list(page), reading, on), "read": ()}
    page = paginate(request, finding.matching_jobs(reading, user))
    return {"page_obj": page, "hits": hits.jobs(list(page), reading), "read": ()}


def _told(notes: Sequence[Note]) -> list[CoachingCase]:
    """The cases of which a note is shown, once each."""
    return list({note.case_id: note.case for note in notes if isinstance(note, Contact)}.values())


def _note(note: Note, reading: Reading) -> Hit:
    """A note, as the stretch that answers, under the person or the firm, and the day."""
    said: list[Part] = parts_of(excerpt(note.summary, reading.words, EXCERPT), reading.words)
    if isinstance(note, Contact):
        label, icon = note.case.beneficiary.full_name, "message-square-text"
        url = reverse("followup:case_summary", args=[note.case_id])
    else:
        label, icon = note.company.name, "building-2"
        url = reverse("employers:company_detail", args=[note.company_id])
    return Hit(
        label=label,
        parts=[Part(label, found=False)],
        url=url,
        icon=icon,
        short=date_words(note.on),
        aside=note.coach.get_full_name(),
        said=said,
    )
