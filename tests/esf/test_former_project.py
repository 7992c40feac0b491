"""A case that went on in another project: the answers of the former one can still be filled in."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import CoachingCase
from beneficiaries.services.belonging import Belonging, change_belonging
from esf.models import EsfParticipation
from esf.rules.indicators import Answer
from esf.selectors.gaps import esf_gaps
from esf.selectors.participants import former_projects
from esf.services.participants import EsfRefused, record_entry
from tables.engine.scope import Scope
from tests.employers.pages import browser, words
from tests.factories import stories
from tests.factories.accounts import ProjectFactory, user_with
from tests.factories.esf import a_participant, an_entry, an_esf_project

pytestmark = pytest.mark.django_db

OPENED, MOVED = date(2025, 1, 6), date(2025, 2, 3)


@pytest.fixture
def coach(frozen):
    return stories.a_coach()


@pytest.fixture
def operation(coach):
    return an_esf_project(coach)


@pytest.fixture
def case(coach, operation):
    """Somebody of the operation until 3 February, of a project without the ESF+ since."""
    case = a_participant(coach, operation, opened_on=OPENED)
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)
    other = ProjectFactory(organisation=coach.current_organisation, starts_on=date(2024, 1, 1), ends_on=None)
    change_belonging(
        case=case, belonging=Belonging(other), on=MOVED, reason="Le projet suivant a commencé", actor=coordinator
    )
    return CoachingCase.objects.get(pk=case.pk)


def test_its_record_is_filled_in_and_says_when_it_was_entered(case, coach, operation) -> None:
    assert former_projects(case) == [operation]
    record = record_entry(case=case, statement=an_entry(), actor=coach, project=operation)
    assert (record.project, record.entry_on) == (operation, OPENED)
    for on, allowed in ((date(2025, 2, 2), True), (MOVED, False)):
        stated = {"case": case, "statement": an_entry(entry_on=on), "actor": coach, "reason": "x", "project": operation}
        if allowed:
            record_entry(**stated)
            continue
        with pytest.raises(EsfRefused) as refusal:
            record_entry(**stated)
        assert (refusal.value.code, refusal.value.field) == ("after_move", "entry_on")


def test_a_project_that_never_was_the_case_s_has_no_record(case, coach) -> None:
    for project in (an_esf_project(coach, code="FSE-99"), None):
        with pytest.raises(EsfRefused) as refusal:
            record_entry(case=case, statement=an_entry(), actor=coach, project=project)
        assert refusal.value.code == "not_esf"
    assert not EsfParticipation.objects.exists()


def test_the_gaps_of_the_report_lead_to_the_form_which_leads_back_to_the_record(case, coach, operation) -> None:
    scope = Scope(organisations=(coach.current_organisation,), first=OPENED, last=date(2025, 12, 31), project=operation)
    gaps = esf_gaps(scope)
    entry = reverse("esf:entry", args=[case.pk]) + f"?projet={operation.pk}"
    (asked,) = (gap.url for gap in gaps if gap.code == "isced")
    assert asked == f"{entry}#id_isced"
    client = browser(coach)
    assert client.get(entry).status_code == 200
    no = dict.fromkeys(("foreign_background", "disability", "minority", "homeless", "rural"), Answer.NO.value)
    typed = {"entry_on": "06/01/2025", "status": "inactive", "isced": "3", "nationality": "belgian", **no}
    answer = client.post(entry, typed)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("esf:record", args=[case.pk]) + f"?projet={operation.pk}#entree"
    assert EsfParticipation.objects.get().project == operation
    assert not [gap for gap in esf_gaps(scope) if gap.code == "isced"]


def test_the_case_keeps_its_page_and_asks_nothing_of_what_became_of_the_person(case, coach, operation) -> None:
    page = words(browser(coach).get(reverse("esf:record", args=[case.pk])))
    assert "continue dans un autre projet" in page
    assert reverse("esf:entry", args=[case.pk]) in page
    assert reverse("esf:exit", args=[case.pk]) not in page
    assert reverse("esf:record", args=[case.pk]) in words(
        browser(coach).get(reverse("followup:case_summary", args=[case.pk]))
    )
    strangers = an_esf_project(coach, code="FSE-98")
    for address, status in (
        (reverse("esf:record", args=[case.pk]) + f"?projet={strangers.pk}", 404),
        (reverse("esf:exit", args=[case.pk]), 404),
    ):
        assert browser(coach).get(address).status_code == status


def test_of_two_operations_each_has_its_record(coach, case, operation) -> None:
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)
    second = an_esf_project(coach, code="FSE-25")
    change_belonging(case=case, belonging=Belonging(second), on=date(2025, 2, 10), reason="FSE", actor=coordinator)
    page = words(browser(coach).get(reverse("esf:record", args=[case.pk])))
    assert reverse("esf:record", args=[case.pk]) + f"?projet={operation.pk}" in page
    former = words(browser(coach).get(reverse("esf:record", args=[case.pk]) + f"?projet={operation.pk}"))
    assert f"pour le projet {operation}" in former
    assert "continue dans un autre projet" in former
