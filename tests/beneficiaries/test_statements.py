"""What each page costs the database: at most fifteen statements, the same for two rows and for twenty."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import CoachingCase, Partner
from beneficiaries.services.cases import CaseOpening, hand_over, open_case
from beneficiaries.services.path import add_obstacle, set_objective
from beneficiaries.services.people import save_partner, update_beneficiary
from beneficiaries.services.phases import exit_case
from privacy.audit import record_access
from tests.factories.accounts import ProjectFactory, SiteFactory, user_with
from tests.factories.stories import a_case, a_coach, closed, in_followup, made_ready

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

LIMIT = 15


def statements(client, url):
    """How many statements the page sends the second time: the first one fills the caches of the process."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen), "\n".join(query["sql"][:160] for query in seen)


def fill(case, rows):
    coach = case.coach
    for number in range(rows):
        day = date(2025, 3, 1) - timedelta(days=number % 5)
        add_obstacle(case=case, kind="DEBT", identified_on=day, actor=coach, note=f"Dette {number}")
        set_objective(case=case, title=f"Objectif {number}", set_on=day, actor=coach)
        update_beneficiary(case=case, actor=coach, town=f"Localité {number}")
        record_access(user_with(Role.INSPECTOR, case.organisation), case, "print")
        colleague = a_coach(case.organisation)
        record_access(colleague, case, "view")
        hand_over(case=case, coach=colleague, on=date(2025, 3, 3), actor=user_with(Role.COORDINATOR, case.organisation))
        # A page shows the case as it is now.
        case = CoachingCase.objects.get(pk=case.pk)
        hand_over(case=case, coach=coach, on=date(2025, 3, 3), actor=user_with(Role.COORDINATOR, case.organisation))
        case = CoachingCase.objects.get(pk=case.pk)
        save_partner(
            partner=Partner(
                organisation=case.organisation, name=f"Service {case.pk} {number}", kind="CPAS", refers=True
            ),
            actor=coach,
        )
        SiteFactory(organisation=case.organisation)
        ProjectFactory(organisation=case.organisation)


PAGES = {
    "path": "beneficiaries:case_path",
    "history": "beneficiaries:case_history",
    "person": "beneficiaries:person_edit",
    "hand over": "beneficiaries:case_hand_over",
    "coachability": "beneficiaries:coachability",
    "exit": "beneficiaries:case_exit",
    "obstacle": "beneficiaries:obstacle_create",
}


def test_a_page_of_a_case(client):
    coach = a_coach()
    few, many = made_ready(a_case(coach)), in_followup(coach)
    fill(few, 2)
    fill(many, 20)
    client.force_login(user_with(Role.COORDINATOR, coach.current_organisation))
    for page, name in PAGES.items():
        small, _sql = statements(client, reverse(name, args=[few.pk]))
        large, sql = statements(client, reverse(name, args=[many.pk]))
        assert max(small, large) <= LIMIT, f"{page}: {sql}"
        # A case that prepares asks what lacks; one that is followed reads its job.
        assert abs(large - small) <= 3, f"{page}: {sql}"


def test_a_page_of_the_house(client):
    pages = ("/dossiers/nouveau/", "/partenaires/")
    counts = []
    for rows in (2, 20):
        coach = a_coach()
        fill(a_case(coach), rows)
        client.force_login(coach)
        counts.append([statements(client, page)[0] for page in pages])
    assert counts[0] == counts[1]
    assert max(counts[1]) <= LIMIT


def reopened(coach):
    """The case of somebody who came back after a job, ready for pre-hire."""
    former = in_followup(coach)
    exit_case(case=former, on=date(2025, 3, 3), exit_reason="OTHER", exit_outcome="UNKNOWN", actor=coach)
    opening = CaseOpening(coach=coach, opened_on=date(2025, 3, 3))
    return made_ready(open_case(beneficiary=former.beneficiary, opening=opening, actor=coach))


def filled(coach):
    case = in_followup(coach)
    fill(case, 6)
    return case


@pytest.mark.parametrize("tab", ["case_path", "case_history"])
@pytest.mark.parametrize("story", [a_case, lambda coach: made_ready(a_case(coach)), closed, reopened, filled])
def test_the_first_opening_which_writes_the_access(client, story, tab):
    coach = a_coach()
    warm, case = in_followup(coach), story(coach)
    client.force_login(user_with(Role.COORDINATOR, coach.current_organisation))
    client.get(reverse(f"beneficiaries:{tab}", args=[warm.pk]))
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse(f"beneficiaries:{tab}", args=[case.pk])).status_code == 200
    kept = [query["sql"] for query in seen if "SAVEPOINT" not in query["sql"]]
    assert len(kept) <= LIMIT, "\n".join(sql[:160] for sql in kept)


def test_forms_on_a_case(client):
    coach = a_coach()
    case, gone = a_case(coach), closed(coach)
    client.force_login(coach)
    urls = [
        reverse("beneficiaries:case_reopen", args=[gone.beneficiary_id]),
        *(reverse(f"beneficiaries:{name}", args=[case.pk]) for name in ("eligibility", "agreement", "case_prehire")),
    ]
    for url in urls:
        count, sql = statements(client, url)
        assert count <= LIMIT, sql
