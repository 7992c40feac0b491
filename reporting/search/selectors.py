"""One field for people, firms and jobs: accents, case, punctuation and a slip of the finger forgiven."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.identifiers import niss_index, normalise_niss
from beneficiaries.models import Beneficiary, CoachingCase
from beneficiaries.selectors.finding import answering
from employers.models import Company, Vacancy
from foundation.rules.resemblance import most_alike, pieces_of
from foundation.rules.text import search_key

LIMIT = 20
# How many rows are compared letter by letter, and with how many pairs of letters they are chosen.
CANDIDATES = 10 * LIMIT
MOST_PIECES = 24
MIN_LENGTH = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its name, what tells it from its namesakes, its address."""

    label: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind; `approximate` when nothing was spelt as asked and what looks like it is shown."""

    title: str
    icon: str
    hits: list[Hit]
    approximate: bool


def search(query: str, user: User) -> list[Group]:
    """What the user may see that answers the query, by kind; nothing for fewer than two letters. Six statements at
    most.
    """
    key = search_key(query)
    if len(key) < MIN_LENGTH:
        return []
    kinds: tuple[tuple[str, str, QuerySet[Any], Callable[[list[UUID], User], list[Hit]]], ...] = (
        (_("Personnes"), "users", Beneficiary.objects.visible_to(user), _people),
        (_("Entreprises"), "building-2", Company.objects.visible_to(user), _companies),
        (_("Postes à pourvoir"), "briefcase", Vacancy.objects.visible_to(user), _vacancies),
    )
    groups = []
    for title, icon, rows, hits_of in kinds:
        found, approximate = _matching(rows, key, answering(query) if rows.model is Beneficiary else None)
        if found:
            groups.append(Group(title, icon, hits_of(found, user), approximate))
    return groups


def _matching(rows: QuerySet[Any], key: str, asked: Q | None) -> tuple[list[UUID], bool]:
    """Identifiers of the rows asked for, of those whose key holds every word unless said; failing that, of those that
    look like it.
    """
    if asked is None:
        asked = Q(search_key__holds=key)
    exact = list(rows.filter(asked).order_by("search_key", "pk").values_list("pk", flat=True)[:LIMIT])
    if exact:
        return exact, False
    return most_alike(key, _nearest(rows, key), LIMIT), True


def _nearest(rows: QuerySet[Any], key: str) -> Sequence[tuple[UUID, str]]:
    """The rows whose key holds most pairs of letters of the query: the database looks at all, we at these few."""
    held = [
        Case(When(search_key__contains=piece, then=1), default=0, output_field=IntegerField())
        for piece in pieces_of(key)[:MOST_PIECES]
    ]
    if not held:
        return []
    near = rows.annotate(near=reduce(add, held)).filter(near__gt=0).order_by("-near", "search_key", "pk")
    return list(near.values_list("pk", "search_key")[:CANDIDATES])


def _people(found: list[UUID], user: User) -> list[Hit]:
    """One hit per person, leading to the last case."""
    cases = (
        CoachingCase.objects.visible_to(user)
        .filter(beneficiary__in=found)
        .select_related("beneficiary", "coach")
        .order_by("opened_on", "created_at")
    )
    last = {case.beneficiary_id: case for case in cases}
    hits = []
    for pk in found:
        case = last.get(pk)
        if case is None:
            continue
        state = _("dossier ouvert") if case.is_open else _("dossier sorti")
        person = case.beneficiary
        born = f"{person.birth_date:%d/%m/%Y} · " if person.birth_date else ""
        others = _(" · autres noms : %(names)s") % {"names": person.other_names} if person.other_names else ""
        detail = f"{born}{state} · {case.coach.get_full_name()}{others}"
        hits.append(Hit(str(person), detail, reverse("followup:case_summary", args=[case.pk])))
    return hits


def _companies(found: list[UUID], user: User) -> list[Hit]:
    """One hit per firm."""
    rows = Company.objects.visible_to(user).in_bulk(found)
    return [
        Hit(rows[pk].name, rows[pk].town, reverse("employers:company_detail", args=[pk])) for pk in found if pk in rows
    ]


def _vacancies(found: list[UUID], user: User) -> list[Hit]:
    """One hit per job."""
    rows = Vacancy.objects.visible_to(user).select_related("company").in_bulk(found)
    return [
        Hit(
            rows[pk].title,
            f"{rows[pk].company} · {rows[pk].get_state_display()}",
            reverse("employers:vacancy_detail", args=[pk]),
        )
        for pk in found
        if pk in rows
    ]


def case_of_national_number(typed: str, user: User) -> CoachingCase | None:
    """The last case of the person who carries the national number typed, or carried it before another one, if the user
    may see it; `None` for anything else.
    """
    try:
        niss = normalise_niss(typed)
    except ValidationError:
        return None
    if not niss:
        return None
    index = niss_index(niss)
    cases = CoachingCase.objects.visible_to(user).order_by("-opened_on", "-created_at")
    found: CoachingCase | None = (
        cases.filter(beneficiary__niss_index=index).first()
        or cases.filter(beneficiary__former_numbers__niss_index=index).first()
    )
    return found
