"""What the user may see that answers what was typed: people, firms and jobs, asked of the database's own indexes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Upper
from django.db.models.lookups import Exact

from accounts.models import User
from beneficiaries.identifiers import niss_index
from beneficiaries.models import Beneficiary, CoachingCase, FormerNumber
from employers.models import Company, CompanyContact, Vacancy
from foundation.finding import alike, best_first
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
    """What answers, `limit` of each kind at most; three statements, eight when nothing is spelt as asked."""
    if not reading.asks:
        return Found()
    people = list(matching_people(reading, user).values_list("pk", flat=True)[: limit + 1])
    firms = list(matching_firms(reading, user)[: limit + 1])
    jobs = list(matching_jobs(reading, user)[: limit + 1])
    if people or firms or jobs:
        kinds = ((PEOPLE, people), (FIRMS, firms), (JOBS, jobs))
        more = frozenset(kind for kind, rows in kinds if len(rows) > limit)
        return Found(people[:limit], firms[:limit], jobs[:limit], more=more)
    return Found() if reading.identifies else _resembling(" ".join(reading.words), user, limit)


def _resembling(typed: str, user: User, limit: int) -> Found:
    """What looks like words that nothing holds."""
    return Found(
        people=alike(Beneficiary.objects.visible_to(user), typed, limit, column="known_as"),
        firms=_in_order(_shown_firms(user), alike(Company.objects.visible_to(user), typed, limit)),
        jobs=_in_order(_shown_jobs(user), alike(Vacancy.objects.visible_to(user), typed, limit)),
        approximate=True,
    )


def _in_order(rows: QuerySet[Any], keys: Sequence[UUID]) -> list[Any]:
    known = rows.in_bulk(keys) if keys else {}
    return [known[key] for key in keys if key in known]


def matching_people(reading: Reading, user: User) -> QuerySet[Beneficiary]:
    """The people who answer, by name: present, former and other names, in one word or in several."""
    found: QuerySet[Beneficiary] = Beneficiary.objects.visible_to(user)
    if reading.national_number:
        index = niss_index(reading.national_number)
        former = FormerNumber.objects.filter(niss_index=index).values("beneficiary")
        found = found.filter(Q(niss_index=index) | Q(pk__in=former))
    elif reading.identifies:
        known = Q(birth_date__in=reading.born)
        known |= _mail(reading.email) if reading.email else Q()
        known |= Q(phone=reading.phone) if reading.phone else Q()
        found = found.filter(known)
    else:
        words = " ".join(reading.words)
        return best_first(found.filter(known_as__holds=words), words)
    return found.order_by("search_key", "pk")


def _mail(address: str) -> Q:
    """The rows of an e-mail address, whatever its case, as the indexes keep it."""
    return Q(Exact(Upper("email"), Upper(Value(address))))


def _shown_firms(user: User) -> QuerySet[Company]:
    """The firms that the user may see, each with the name of whoever decides there (`decides`)."""
    who = CompanyContact.objects.filter(company=OuterRef("pk"), is_reference=True).values("name")[:1]
    found: QuerySet[Company] = Company.objects.visible_to(user).annotate(decides=Subquery(who))
    return found


def matching_firms(reading: Reading, user: User) -> QuerySet[Company]:
    """The firms that answer, by name: name and town, number, telephone, address, and the people in them."""
    found = _shown_firms(user).order_by("search_key", "pk")
    inside = CompanyContact.objects.filter(company__organisation=user.current_organisation_id)
    if reading.identifies:
        known, there = Q(pk__in=()), Q(pk__in=())
        if reading.enterprise:
            known |= Q(bce_number=reading.enterprise)
        if reading.phone:
            known, there = known | Q(phone=reading.phone), there | Q(phone=reading.phone)
        if reading.email:
            known, there = known | _mail(reading.email), there | _mail(reading.email)
        return found.filter(known | Q(pk__in=inside.filter(there).values("company")))
    words = " ".join(reading.words)
    named = Q(search_key__holds=words) | Q(pk__in=inside.filter(search_key__holds=words).values("company"))
    # Only a number is looked for in a column that no index answers for.
    if any(sign.isdigit() for sign in words):
        named |= Q(foreign_number__iexact=words)
    return best_first(found.filter(named), words)


def _shown_jobs(user: User) -> QuerySet[Vacancy]:
    found: QuerySet[Vacancy] = Vacancy.objects.visible_to(user).select_related("company")
    return found


def matching_jobs(reading: Reading, user: User) -> QuerySet[Vacancy]:
    """The jobs of which title or firm answers, by title; none for a number."""
    words = " ".join(reading.words)
    return best_first(_shown_jobs(user).filter(search_key__holds=words), words) if words else Vacancy.objects.none()


def case_of_national_number(number: str, user: User) -> CoachingCase | None:
    """The last case of whoever carries these eleven digits, or carried them before others, if the user may see it."""
    found: CoachingCase | None = (
        CoachingCase.objects.visible_to(user)
        .filter(beneficiary__in=matching_people(Reading(national_number=number), user).order_by())
        .order_by("-opened_on", "-created_at")
        .first()
    )
    return found
