"""The organisations, who works there, the people, the firms and the jobs."""

from decimal import Decimal
from uuid import UUID

from accounts.enums import Funder
from accounts.models import Membership, Organisation, Project, Site, User
from beneficiaries.enums import Education, Gender, Origin
from beneficiaries.models import Beneficiary, Partner
from beneficiaries.rules.names import known_as
from demo.loading.store import RowStore, row_id
from demo.plan.plan_types import CompanyPlan, OrganisationPlan, PersonPlan, PilotPlan, UserPlan, VacancyPlan
from employers.models import Company, CompanyContact, ProspectionContact, Vacancy, VacancyRequirement
from employers.rules.names import firm_key
from foundation.rules.text import search_key

GENDERS = {"men": Gender.MAN, "women": Gender.WOMAN}
ORIGINS = {"belgian_or_european": Origin.BELGIAN_OR_EUROPEAN, "foreign_or_of_foreign_origin": Origin.FOREIGN}


def add_house(store: RowStore, plan: PilotPlan) -> None:
    """Keep every row of the plan that no case owns."""
    for organisation in plan.organisations:
        _organisation(store, organisation)
    for user in plan.users:
        _user(store, user)
    for person in plan.people:
        _person(store, person)
    for company in plan.companies:
        _company(store, company)
    names = {company.key: company.name for company in plan.companies}
    for vacancy in plan.vacancies:
        _vacancy(store, vacancy, names[vacancy.company])


def reference_person(company: str) -> UUID:
    """The identifier of the person who decides in a firm: the first of its list."""
    return row_id("company-person", f"{company}/0")


def _organisation(store: RowStore, plan: OrganisationPlan) -> None:
    owner = store.add(
        Organisation,
        "organisation",
        plan.key,
        name=plan.name,
        short_name=plan.short_name,
        kind=plan.kind,
        town=plan.town,
        address=plan.address,
        phone=plan.phone,
        email=plan.email,
    )
    for site in plan.sites:
        store.add(
            Site,
            "site",
            site.key,
            organisation_id=owner,
            name=site.name,
            street=site.street,
            postal_code=site.postal_code,
            town=site.town,
        )
    store.add(
        Project,
        "project",
        plan.key,
        organisation_id=owner,
        code=plan.project_code,
        name=plan.project_name,
        funder=Funder.OTHER,
        starts_on=plan.project_starts_on,
    )
    for name, kind, refers in plan.partners:
        store.add(
            Partner,
            "partner",
            f"{plan.key}/{name}",
            organisation_id=owner,
            name=name,
            search_key=search_key(name),
            kind=kind,
            refers=refers,
        )


def _user(store: RowStore, plan: UserPlan) -> None:
    user = User(
        id=row_id("user", plan.key),
        email=plan.email,
        first_name=plan.first_name,
        last_name=plan.last_name,
        current_organisation_id=row_id("organisation", plan.memberships[0].organisation),
    )
    user.search_key = search_key(f"{user.last_name} {user.first_name}")
    user.set_unusable_password()
    store.keep(user)
    for membership in plan.memberships:
        store.add(
            Membership,
            "membership",
            f"{plan.key}/{membership.organisation}/{membership.role}",
            organisation_id=row_id("organisation", membership.organisation),
            user_id=user.pk,
            role=membership.role,
            fte=Decimal(membership.fte),
            site_id=row_id("site", membership.site) if membership.site else None,
            starts_on=membership.starts_on,
            ends_on=membership.ends_on,
        )


def _person(store: RowStore, plan: PersonPlan) -> None:
    store.add(
        Beneficiary,
        "person",
        plan.key,
        organisation_id=row_id("organisation", plan.organisation),
        first_name=plan.first_name,
        last_name=plan.last_name,
        search_key=search_key(f"{plan.last_name} {plan.first_name}"),
        known_as=known_as(plan.first_name, plan.last_name),
        birth_date=plan.birth_date,
        gender=GENDERS[plan.sex],
        origin=ORIGINS[plan.origin],
        education=Education(plan.education),
        phone=plan.phone,
        email=plan.email,
        street=plan.street,
        postal_code=plan.postal_code,
        town=plan.town,
        jobseeker_since=plan.jobseeker_since,
    )


def _company(store: RowStore, plan: CompanyPlan) -> None:
    owner = row_id("organisation", plan.organisation)
    company = store.add(
        Company,
        "company",
        plan.key,
        organisation_id=owner,
        name=plan.name,
        search_key=search_key(f"{plan.name} {plan.town}"),
        name_key=firm_key(plan.name),
        sector=plan.sector,
        size=plan.size,
        street=plan.street,
        postal_code=plan.postal_code,
        town=plan.town,
        phone=plan.phone,
    )
    people = [
        store.add(
            CompanyContact,
            "company-person",
            f"{plan.key}/{number}",
            company_id=company,
            name=name,
            search_key=search_key(name),
            function=function,
            phone=phone,
            is_reference=number == 0,
        )
        for number, (name, function, phone) in enumerate(plan.people)
    ]
    for number, visit in enumerate(plan.prospections):
        store.add(
            ProspectionContact,
            "visit",
            f"{plan.key}/{number}",
            organisation_id=owner,
            company_id=company,
            coach_id=row_id("user", visit.coach),
            on=visit.on,
            channel=visit.channel,
            met_id=None if visit.met is None else people[visit.met],
            minutes=visit.minutes,
            project_id=row_id("project", plan.organisation),
            result=visit.result,
            summary=visit.summary,
        )


def _vacancy(store: RowStore, plan: VacancyPlan, company_name: str) -> None:
    vacancy = store.add(
        Vacancy,
        "vacancy",
        plan.key,
        organisation_id=row_id("organisation", plan.organisation),
        company_id=row_id("company", plan.company),
        contact_id=reference_person(plan.company),
        title=plan.title,
        search_key=search_key(f"{plan.title} {company_name}"),
        state=plan.state,
        opened_on=plan.opened_on,
        closed_on=plan.closed_on,
        contract_type=plan.contract_type,
        weekly_hours=Decimal(plan.weekly_hours),
        schedule=plan.schedule,
        place=plan.place,
        tasks="\n".join(plan.tasks),
        quality=plan.quality,
    )
    for position, (stated, objectivated, negotiable) in enumerate(plan.requirements):
        store.add(
            VacancyRequirement,
            "requirement",
            f"{plan.key}/{position}",
            vacancy_id=vacancy,
            position=position,
            stated=stated,
            objectivated=objectivated,
            negotiable=negotiable,
        )
