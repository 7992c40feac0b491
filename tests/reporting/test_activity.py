"""The activity report over cases told through the services."""

from datetime import date

import pytest

from accounts.enums import Role
from employers.services.companies import Visit, record_prospection
from placements.services.hiring import end_employment
from reporting.activity import build_activity
from reporting.activity.rules.profile import age_class
from tables.engine.scope import Scope
from tests.factories import stories
from tests.factories.accounts import OrganisationFactory, ProjectFactory, SiteFactory, user_with

pytestmark = pytest.mark.django_db


def scope_of(organisation, first=date(2025, 1, 1), last=date(2025, 12, 31), **narrowing) -> Scope:
    return Scope(organisations=(organisation,), first=first, last=last, **narrowing)


def figure(document, table: str, row: str, column: str = "count"):
    return document.table(table).cell(row, column).value


@pytest.mark.parametrize(
    ("age", "expected"),
    [(None, ""), (24, "under_25"), (25, "25_to_45"), (45, "25_to_45"), (46, "over_45")],
)
def test_age_classes(age, expected) -> None:
    assert age_class(age) == expected


def test_a_scope_that_covers_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        scope_of(OrganisationFactory(), first=date(2025, 2, 1), last=date(2025, 1, 31))
    with pytest.raises(ValueError, match="at least one"):
        Scope(organisations=(), first=date(2025, 1, 1), last=date(2025, 1, 31))


def test_people_contracts_firms_contacts_and_hours(frozen) -> None:
    frozen("2025-09-01")
    coach = stories.a_coach()
    woman = stories.in_prehire(coach, since=date(2025, 1, 8), gender="F", education="CESI", origin="FOREIGN")
    man = stories.in_prehire(coach, since=date(2025, 2, 3), gender="M", education="CEB")
    firm = stories.a_company(coach)
    job = stories.hired(woman, starts_on=date(2025, 3, 3), ends_on=date(2025, 5, 30), contract_type="CDD", company=firm)
    end_employment(employment=job, ended_on=date(2025, 5, 30), reason="TERM", actor=coach)
    stories.hired(woman, starts_on=date(2025, 7, 1), company=firm)
    stories.a_contact(man, on=date(2025, 2, 10), minutes=30)
    stories.a_contact(man, on=date(2025, 2, 17), minutes=45, channel="PHONE")
    stories.a_contact(man, on=date(2025, 2, 24), outcome="NO_SHOW", minutes=0, summary="")
    visit = Visit(on=date(2025, 1, 20), channel="EMAIL", minutes=5, result="CALL_BACK")
    record_prospection(company=stories.a_company(coach), visit=visit, actor=coach)
    met = Visit(on=date(2025, 1, 21), channel="VISIT", minutes=60, result="VACANCY")
    record_prospection(company=firm, visit=met, actor=coach)

    document = build_activity(scope_of(coach.current_organisation))

    assert figure(document, "summary", "people") == 2
    assert figure(document, "summary", "contracts") == 2
    assert figure(document, "summary", "hired") == 1
    assert figure(document, "summary", "companies") == 2
    assert figure(document, "education", "CESI", "F") == 1
    assert figure(document, "origin", "FOREIGN", "F") == 1
    assert figure(document, "contracts", "CDD", "F") == 1
    assert figure(document, "contracts", "CDI", "total") == 1
    assert figure(document, "companies", "direct") == 1
    assert figure(document, "companies", "written") == 1
    assert figure(document, "contacts", "total") == 2
    assert figure(document, "contacts", "total", "minutes") == 75
    assert figure(document, "contacts", "no_show") == 1
    assert document.table("summary").cell("people", "count").refs == (woman.pk, man.pk)


@pytest.mark.parametrize(
    ("first", "last", "people", "contracts"),
    [
        (date(2025, 1, 1), date(2025, 1, 7), 0, 0),
        (date(2025, 1, 1), date(2025, 1, 8), 1, 0),
        (date(2025, 3, 3), date(2025, 3, 3), 1, 1),
        (date(2025, 3, 4), date(2025, 3, 31), 1, 0),
    ],
)
def test_first_and_last_day_belong_to_the_period(frozen, first, last, people, contracts) -> None:
    frozen("2025-09-01")
    coach = stories.a_coach()
    case = stories.in_prehire(coach, since=date(2025, 1, 8))
    stories.hired(case, starts_on=date(2025, 3, 3))
    document = build_activity(scope_of(coach.current_organisation, first, last))
    assert figure(document, "summary", "people") == people
    assert figure(document, "summary", "contracts") == contracts


def test_somebody_who_came_back_counts_once(frozen) -> None:
    from beneficiaries.services.cases import CaseOpening, open_case

    frozen("2025-03-03")
    coach = stories.a_coach()
    case = stories.closed(coach)
    frozen("2025-06-02")
    open_case(beneficiary=case.beneficiary, opening=CaseOpening(coach=coach, opened_on=date(2025, 6, 2)), actor=coach)
    assert figure(build_activity(scope_of(coach.current_organisation)), "summary", "people") == 1


def test_the_scope_narrows_and_never_widens(frozen) -> None:
    coach, other = stories.a_coach(), stories.a_coach()
    colleague = user_with(Role.JOBCOACH, coach.current_organisation)
    stories.in_prehire(coach)
    stories.in_prehire(colleague)
    stories.in_prehire(other)
    organisation = coach.current_organisation
    assert figure(build_activity(scope_of(organisation)), "summary", "people") == 2
    assert figure(build_activity(scope_of(organisation, coach=coach)), "summary", "people") == 1
    site, project = SiteFactory(organisation=organisation), ProjectFactory(organisation=organisation)
    assert figure(build_activity(scope_of(organisation, site=site)), "summary", "people") == 0
    assert figure(build_activity(scope_of(organisation, project=project)), "summary", "people") == 0


def test_a_hiring_that_was_called_off_is_no_contract(frozen) -> None:
    from placements.services.hiring import cancel_hiring

    coach = stories.a_coach()
    job = stories.hired(stories.in_prehire(coach), starts_on=date(2025, 3, 10))
    assert figure(build_activity(scope_of(coach.current_organisation)), "summary", "contracts") == 1
    cancel_hiring(employment=job, on=date(2025, 3, 3), reason="L’employeur se retire.", actor=coach)
    assert figure(build_activity(scope_of(coach.current_organisation)), "summary", "contracts") == 0


def test_the_number_of_statements_does_not_grow(frozen, django_assert_max_num_queries) -> None:
    coach = stories.a_coach()
    for _number in range(3):
        stories.a_contact(stories.in_followup(coach))
    with django_assert_max_num_queries(7):
        build_activity(scope_of(coach.current_organisation))
