"""Reading firms and jobs: lists with what a coach wants to know before knocking on a door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise

from accounts.models import Organisation, Project, User
from employers.enums import ProspectionChannel, VacancyState
from employers.models import Company, CompanyContact, ProspectionContact, Vacancy, in_families
from employers.registries import Label, Talk, company_figures, habit_providers, talks_with, vacancy_figures
from employers.rules.names import firm_key
from employers.rules.projects import Proposal, proposed_project
from foundation.addresses import town_spelt
from foundation.clock import today
from foundation.countries import COUNTRIES
from foundation.enterprise_number import bce_digits
from foundation.finding import best_first
from foundation.rules.places import place_key
from foundation.rules.text import search_key
from privacy.history import history_of

# No two coaches on one door: a talk this recent, in days, is told to the next one who comes.
ONE_DOOR_DAYS = 30


def searched(queryset: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """The rows whose stored key holds every word typed, whatever its case, accents or punctuation."""
    return queryset.filter(search_key__holds=search_key(typed))


# --- firms ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRow:
    """A firm in the list: who spoke to it last, its open jobs, and the counts that other apps add."""

    company: Company
    last_talk: Talk | None
    figures: tuple[tuple[Label, int], ...]


def companies(user: User) -> QuerySet[Company]:
    """The firms that the user may see, by name; `open_vacancies` counts the jobs to be filled."""
    found: QuerySet[Company] = Company.objects.visible_to(user).select_related("main")
    found = found.annotate(open_vacancies=Count("vacancies", filter=Q(vacancies__state=VacancyState.OPEN)))
    return found.order_by("search_key", "id")


def searched_companies(found: QuerySet[Company], typed: str) -> QuerySet[Company]:
    """The firms that these words name: words of the name or the town, an enterprise number however it is written,
    or its number in another country.
    """
    digits = bce_digits(typed)
    if digits:
        return found.filter(bce_number=digits)
    named = Q(search_key__holds=search_key(typed))
    # Only a number is looked for in a column that no index answers for.
    if any(character.isdigit() for character in typed):
        named |= Q(foreign_number__iexact=typed.strip())
    return found.filter(named)


def best_companies(found: QuerySet[Company], typed: str) -> QuerySet[Company]:
    """The firms that these words name, those that begin with them first."""
    return best_first(searched_companies(found, typed), typed)


def company_rows(page: Sequence[Company], on: date) -> list[CompanyRow]:
    """The firms of one page of the list, with last talk and every count: a few statements however many they are."""
    ids = [company.pk for company in page]
    last: dict[UUID, Talk] = {}
    for talk in talks_with(ids):
        last.setdefault(talk.company_id, talk)
    counts = [(figure.label, figure.counts(ids, on)) for figure in company_figures]
    return [
        CompanyRow(
            company=company,
            last_talk=last.get(company.pk),
            figures=tuple((label, count.get(company.pk, 0)) for label, count in counts),
        )
        for company in page
    ]


def countries(user: User) -> list[tuple[str, str | Promise]]:
    """The countries where the user's organisation knows firms, by name; our own first."""
    known = set(Company.objects.visible_to(user).order_by().values_list("country", flat=True).distinct())
    return [(code, name) for code, name in COUNTRIES.items() if code in known]


def towns(user: User) -> dict[str, list[str]]:
    """The towns where the user's organisation knows firms, each with all the spellings that are written down."""
    known = Company.objects.visible_to(user).exclude(town="").order_by("town").values_list("postal_code", "town")
    by_key: dict[str, dict[str, None]] = {}
    words: dict[str, str] = {}
    for code, town in known.distinct():
        key = place_key(town)
        by_key.setdefault(key, {})[town] = None
        spelt = town_spelt(code, town)
        # The spelling of the table wins over any other.
        if key not in words or spelt != town:
            words[key] = spelt
    return {words[key]: list(spellings) for key, spellings in by_key.items()}


def similar_companies(user: User, name: str) -> list[Company]:
    """Firms that already carry this name, however it is spelt and whatever its legal form: the same firm, or another
    branch of it.
    """
    key = search_key(name)
    if not key:
        return []
    same = Q(name_key=firm_key(name)) | Q(search_key=key) | Q(search_key__startswith=f"{key} ")
    return list(Company.objects.visible_to(user).filter(same).order_by("search_key", "id")[:3])


def carrying(user: User, number: str, *, but: Company | None = None) -> Company | None:
    """The enterprise that carries a number already, other than this firm and the one that it is a place of."""
    if not number:
        return None
    found = Company.objects.visible_to(user).filter(bce_number=number, main__isnull=True)
    if but is not None:
        found = found.exclude(pk__in=[but.pk, but.main_id] if but.main_id else [but.pk])
    first: Company | None = found.first()
    return first


def same_employer(company: Company) -> list[Company]:
    """The other records that any tie joins to a firm, by name."""
    found = Company.objects.filter(in_families([company.family]), organisation=company.organisation_id)
    return list(found.exclude(pk=company.pk).select_related("main", "taken_over_by").order_by("search_key", "id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyFile:
    """What the page of a firm shows of its own: its people, its jobs, and who of ours spoke to it."""

    company: Company
    reference: CompanyContact | None
    others: tuple[CompanyContact, ...]
    vacancies: tuple[Vacancy, ...]
    talks: tuple[Talk, ...]
    colleagues: tuple[Talk, ...] = field(default=())
    kin: tuple[Company, ...] = ()
    taken_over_why: str = ""

    @property
    def people(self) -> tuple[CompanyContact, ...]:
        """Everybody known in the firm, the person of reference first."""
        return (self.reference, *self.others) if self.reference else self.others


def company_file(company: Company, user: User, on: date) -> CompanyFile:
    """Read the page of one firm, already known to be visible."""
    people = list(company.people.order_by("-is_reference", "name", "id"))
    reference = next((person for person in people if person.is_reference), None)
    talks = talks_with([company.pk])
    return CompanyFile(
        company=company,
        reference=reference,
        others=tuple(person for person in people if person is not reference),
        vacancies=tuple(_vacancies_of(company)),
        talks=tuple(talks),
        colleagues=recent_colleagues(talks, user, on),
        kin=tuple(same_employer(company)) if company.kin else (),
        taken_over_why=_taken_over_why(company) if company.taken_over_by_id else "",
    )


def _taken_over_why(company: Company) -> str:
    """The reason told with the take-over, as the trail keeps it; "" when none was."""
    lines = history_of([company], accesses=False)
    said = (line for line in lines if any(change.field == "taken_over_by" for change in line.changes))
    last = next(said, None)
    return last.reason if last is not None else ""


def _vacancies_of(company: Company) -> QuerySet[Vacancy]:
    """The firm's jobs, those to be filled first, then the latest."""
    # The state is closed as soon as there is a day of closing: those without one come first.
    jobs: QuerySet[Vacancy] = company.vacancies.order_by(F("closed_on").desc(nulls_first=True), "-opened_on", "id")
    return jobs


def recent_colleagues(talks: Sequence[Talk], user: User, on: date) -> tuple[Talk, ...]:
    """The latest talk of each colleague with a firm in the last thirty days: one agrees with them before knocking."""
    since = on - timedelta(days=ONE_DOOR_DAYS)
    latest: dict[UUID, Talk] = {}
    for talk in talks:
        if talk.coach_id != user.pk and since <= talk.on <= on:
            latest.setdefault(talk.coach_id, talk)
    return tuple(latest.values())


def prospections(company: Company) -> QuerySet[ProspectionContact]:
    """Visits and calls to a firm, latest first."""
    found: QuerySet[ProspectionContact] = company.prospections.select_related("coach", "met", "project")
    return found.order_by("-on", "-created_at")


def visit_habits(coach: User, organisation: Organisation, on: date) -> Mapping[UUID, int]:
    """How many visits and calls of the year that ends that day the coach made for each project; one statement."""
    visits = ProspectionContact.objects.filter(
        coach=coach, organisation=organisation, project__isnull=False, on__gt=on - timedelta(days=365), on__lte=on
    )
    found = visits.order_by().values_list("project_id").annotate(number=Count("pk"))
    return {project_id: number for project_id, number in found if project_id}


def visit_projects(user: User, on: date, also: UUID | None = None) -> QuerySet[Project]:
    """The projects that a visit of about that day may be for, by code: those that ran in the year before, and `also`
    the one that it names already.
    """
    since = on - timedelta(days=365)
    running = Q(starts_on__lte=today()) & (Q(ends_on__isnull=True) | Q(ends_on__gte=since))
    found: QuerySet[Project] = Project.objects.visible_to(user).filter(running | Q(pk=also))
    return found.order_by("code", "pk")


def proposal_for(coach: User, organisation: Organisation, projects: Sequence[Project], on: date) -> Proposal[UUID]:
    """The project that a visit of that day is proposed for, among those of the organisation.

    What a coach is used to is asked only when several run: their visits say, else what other rooms know of their work;
    two statements at most.
    """
    running = [one.pk for one in projects if one.starts_on <= on and (one.ends_on is None or on <= one.ends_on)]
    if len(running) < 2:
        return proposed_project(running, {})
    known = (provider(coach, organisation, on) for provider in (visit_habits, *habit_providers))
    return proposed_project(running, next((habits for habits in known if habits), {}))


def prospection_talks(companies: Sequence[UUID]) -> list[Talk]:
    """The latest visit or call of each of our people to each firm, by each means."""
    rows = (
        ProspectionContact.objects.filter(company__in=companies)
        .order_by()
        .values("company_id", "coach_id", "coach__first_name", "coach__last_name", "channel")
        .annotate(last=Max("on"))
    )
    return [
        Talk(
            company_id=row["company_id"],
            on=row["last"],
            coach_id=row["coach_id"],
            coach=f"{row['coach__first_name']} {row['coach__last_name']}".strip(),
            how=str(ProspectionChannel(row["channel"]).label),
        )
        for row in rows
    ]


# --- jobs ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyRow:
    """A job in the list: how many requirements are stated, how many of them hold, and the counts of other apps."""

    vacancy: Vacancy
    requirements: int
    firm: int
    figures: tuple[tuple[Label, int], ...]


def vacancies(user: User) -> QuerySet[Vacancy]:
    """The jobs that the user may see, whatever their state, the latest first."""
    found: QuerySet[Vacancy] = Vacancy.objects.visible_to(user).select_related("company")
    return found.order_by("-opened_on", "title", "id")


def open_vacancies(user: User) -> QuerySet[Vacancy]:
    """Those of them that are still to be filled."""
    return vacancies(user).filter(state=VacancyState.OPEN)


def vacancy_rows(page: Sequence[Vacancy], on: date) -> list[VacancyRow]:
    """The jobs of one page of the list, with every count: a few statements whatever their number."""
    ids = [vacancy.pk for vacancy in page]
    counts = [(figure.label, figure.counts(ids, on)) for figure in vacancy_figures]
    asked = {
        row["pk"]: (row["stated"], row["firm"])
        for row in Vacancy.objects.filter(pk__in=ids)
        .order_by()
        .values("pk")
        .annotate(stated=Count("requirements"), firm=Count("requirements", filter=Q(requirements__negotiable=False)))
    }
    return [
        VacancyRow(
            vacancy=vacancy,
            requirements=asked[vacancy.pk][0],
            firm=asked[vacancy.pk][1],
            figures=tuple((label, count.get(vacancy.pk, 0)) for label, count in counts),
        )
        for vacancy in page
    ]


def companies_with_vacancies(user: User) -> QuerySet[Company]:
    """The firms that announced a job, for the filter of the list."""
    announced = Vacancy.objects.filter(company=OuterRef("pk"))
    found: QuerySet[Company] = Company.objects.visible_to(user).filter(Exists(announced))
    return found.order_by("search_key", "id")


def vacancy_for(user: User) -> QuerySet[Vacancy]:
    """Jobs that the user may see, with all that their page shows."""
    requirements = Prefetch("requirements")
    found: QuerySet[Vacancy] = Vacancy.objects.visible_to(user).select_related("company", "contact")
    return found.prefetch_related(requirements)
