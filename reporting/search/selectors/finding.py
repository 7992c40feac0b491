"""What the user may see that answers what was typed: people, firms and jobs, asked of the database's own indexes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from beneficiaries.identifiers import niss_index
from beneficiaries.models import Beneficiary, CoachingCase
from beneficiaries.rules.names import compact
from employers.models import Company, CompanyContact, Vacancy
from foundation.rules.resemblance import most_alike
from reporting.search.rules import Reading

PEOPLE, FIRMS, JOBS, NOTES = "personnes", "entreprises", "postes", "notes"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, the first of each kind; `approximate` when nothing is spelt so and what looks like it is shown.

    `more` names the kinds of which there is more.
    """

    people: Sequence[UUID] = ()
    firms: Sequence[Company] = ()
    jobs: Sequence[Vacancy] = ()
    approximate: bool = False
    more: Collection[str] = ()

    @property
    def number(self) -> int:
        """How many things are shown."""
        return len(self.people) + len(self.firms) + len(self.jobs)


def find(reading: Reading, user: User, limit: int) -> Found:
    """What answers, `limit` of each kind at most; three statements, six when nothing is spelt as asked."""
    if not reading.asks:
        return Found()
    people = list(matching_people(reading, user).values_list("pk", flat=True)[: limit + 1])
    firms = list(matching_firms(reading, user)[: limit + 1])
    jobs = list(matching_jobs(reading, user)[: limit + 1])
    if people or firms or jobs:
        kinds = ((PEOPLE, people), (FIRMS, firms), (JOBS, jobs))
        more = frozenset(kind for kind, rows in kinds if len(rows) > limit)
        return Found(people[:limit], firms[:limit], jobs[:limit], more=more)
    if reading.identifies:
        return Found()
    typed = " ".join(reading.words)
    return Found(
        [row.pk for row in _alike(Beneficiary.objects.visible_to(user).only("pk", "search_key"), typed, limit)],
        _alike(Company.objects.visible_to(user), typed, limit),
        _alike(Vacancy.objects.visible_to(user).select_related("company"), typed, limit),
        approximate=True,
    )


def matching_people(reading: Reading, user: User) -> QuerySet[Beneficiary]:
    """The people who answer, by name: present, former and other names, in one word or in several."""
    found: QuerySet[Beneficiary] = Beneficiary.objects.visible_to(user).order_by("search_key", "pk")
    if reading.national_number:
        index = niss_index(reading.national_number)
        former = Beneficiary.objects.filter(former_numbers__niss_index=index).values("pk")
        return found.filter(Q(niss_index=index) | Q(pk__in=former))
    if reading.identifies:
        known = Q(birth_date__in=reading.born)
        known |= Q(email__iexact=reading.email) if reading.email else Q()
        known |= Q(phone=reading.phone) if reading.phone else Q()
        return found.filter(known)
    for word in reading.words:
        found = found.filter(known_as__contains=compact(word))
    return found


def matching_firms(reading: Reading, user: User) -> QuerySet[Company]:
    """The firms that answer, by name: name and town, number, telephone, and the people in them."""
    found: QuerySet[Company] = Company.objects.visible_to(user).order_by("search_key", "pk")
    if reading.national_number:
        return found.none()
    inside = CompanyContact.objects.filter(company__organisation=user.current_organisation_id)
    if reading.identifies:
        known, there = Q(pk__in=()), Q(pk__in=())
        if reading.enterprise:
            known |= Q(bce_number=reading.enterprise)
        if reading.phone:
            known, there = known | Q(phone=reading.phone), there | Q(phone=reading.phone)
        if reading.email:
            known, there = known | Q(email__iexact=reading.email), there | Q(email__iexact=reading.email)
        return found.filter(known | Q(pk__in=inside.filter(there).values("company")))
    named = Q()
    for word in reading.words:
        named &= Q(search_key__contains=word)
        inside = inside.filter(name__icontains=word)
    return found.filter(named | Q(pk__in=inside.values("company")) | Q(foreign_number__iexact=" ".join(reading.words)))


def matching_jobs(reading: Reading, user: User) -> QuerySet[Vacancy]:
    """The jobs that answer, by title: title and firm."""
    found: QuerySet[Vacancy] = Vacancy.objects.visible_to(user).select_related("company").order_by("search_key", "pk")
    if not reading.words:
        return found.none()
    for word in reading.words:
        found = found.filter(search_key__contains=word)
    return found


def _alike(rows: QuerySet[Any], typed: str, limit: int) -> list[Any]:
    near = {row.pk: row for row in rows.order_by("search_key", "pk")[:200]}
    return [near[pk] for pk in most_alike(typed, [(row.pk, row.search_key) for row in near.values()], limit)]


def case_of_national_number(number: str, user: User) -> CoachingCase | None:
    """The last case of whoever carries these eleven digits, or carried them before others, if the user may see it."""
    found: CoachingCase | None = (
        CoachingCase.objects.visible_to(user)
        .filter(beneficiary__in=matching_people(Reading(national_number=number), user).order_by())
        .order_by("-opened_on", "-created_at")
        .first()
    )
    return found


def cases_of(people: Sequence[UUID], user: User) -> list[CoachingCase]:
    """The cases of these people that the user may see."""
    return list(CoachingCase.objects.visible_to(user).filter(beneficiary__in=people).select_related("beneficiary"))
