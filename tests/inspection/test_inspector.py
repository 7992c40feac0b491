"""Somebody who inspects: sees what is made for it and nothing else, until a last day, and leaves a trace of each
reading.
"""

from __future__ import annotations

import re
from collections import deque
from datetime import date

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from beneficiaries.services.phases import exit_case
from foundation.clock import today
from privacy.audit import record_access
from tests.factories import stories
from tests.factories.accounts import MembershipFactory, user_with
from tests.factories.runs import a_sent_run
from tests.matrix.table import ACCOUNT, BEFORE_LOGIN, LINES, MAY, OPEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

CASES, READS = reverse("inspection:cases"), reverse("inspection:reads")
# What changes the account or ends the walk: sent, or leading to a renewed log-in.
NOT_WALKED = re.compile(r"^/(compte/|static/)|^mailto:|^tel:|^#|^https?:")


@pytest.fixture
def coach():
    return stories.a_coach()


@pytest.fixture
def inspector(coach):
    return user_with(Role.INSPECTOR, coach.current_organisation)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def file_of(case, kind: str = "file") -> str:
    return reverse(f"inspection:{kind}", args=[case.pk])


def readings(user: User) -> int:
    return LogEntry.objects.filter(actor=user, action=LogEntry.Action.ACCESS).count()


# --- The walk ---------------------------------------------------------------------------------------------------------


def walk(client: Client) -> dict[str, int]:
    """Follow every link from the front door, and say what each answered."""
    answers: dict[str, int] = {}
    ahead = deque(["/"])
    while ahead:
        address = ahead.popleft()
        if address in answers:
            continue
        answer = client.get(address)
        answers[address] = answer.status_code
        if answer.status_code == 302:
            ahead.append(answer["Location"])
        elif answer["Content-Type"].startswith("text/html"):
            found = (link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', answer.content.decode()))
            here = address.partition("?")[0]
            near = (here + link if link.startswith("?") else link.partition("#")[0] for link in found)
            ahead.extend(link for link in near if not NOT_WALKED.match(link) and link.startswith("/"))
        elif answer.streaming:
            assert answer.getvalue()
    return answers


def test_every_link_that_an_inspector_meets_opens(coach, inspector) -> None:
    """From the front door: the cases, their files, the inspection report and its figures, what was sent."""
    stories.in_prehire(coach, since=date(2023, 3, 1))
    case = stories.in_followup(coach)
    a_sent_run(coach, case)
    answers = walk(browser(inspector))
    refused = {address: status for address, status in answers.items() if status not in (200, 302)}
    assert not refused
    reached = " ".join(answers)
    for place in (
        CASES,
        file_of(case),
        file_of(case, "pdf"),
        file_of(case, "zip"),
        "/rapports/inspection/",
        "/chiffre/",
    ):
        assert place in reached, f"no link leads to {place}"
    assert not [
        address for address in answers if re.match(r"/(entreprises|postes|recherche|agenda|ma-journee)", address)
    ]


# --- Readings are written down ----------------------------------------------------------------------------------------


def test_each_page_and_each_file_of_a_case_leaves_a_trace_that_the_house_reads(coach, inspector, frozen) -> None:
    case = stories.in_prehire(coach)
    client = browser(inspector)
    for number, kind in enumerate(("file", "pdf", "zip"), start=1):
        answer = client.get(file_of(case, kind))
        assert answer.status_code == 200
        assert answer.getvalue()
        assert readings(inspector) == number
    client.get(CASES)
    client.get(reverse("reporting:report", args=["inspection"]))
    assert readings(inspector) == 5
    history = words(browser(coach).get(reverse("beneficiaries:case_history", args=[case.pk])))
    assert "a consulté, pour l’inspection, le dossier" in history
    assert "a téléchargé avec ses pièces, pour l’inspection, le dossier" in history
    admin = browser(user_with(Role.ADMIN, case.organisation))
    page = words(admin.get(READS))
    assert page.count(inspector.get_full_name()) == 5
    assert reverse("beneficiaries:case_history", args=[case.pk]) in page
    assert "a consulté la liste des dossiers à inspecter" in page
    assert READS in words(admin.get(reverse("accounts:settings")))


def test_a_report_that_was_sent_opens_on_inspection_files_and_leaves_a_trace(coach, inspector) -> None:
    case = stories.in_followup(coach)
    run = a_sent_run(coach, case)
    client = browser(inspector)
    page = words(client.get(reverse("reporting:run", args=[run.pk])))
    figure = re.search(r'href="(/rapports/envois/[^"]+/chiffre/[^"]+)"', page)
    assert figure
    assert file_of(case) in words(client.get(figure[1]))
    assert LogEntry.objects.filter(actor=inspector, object_pk=str(run.pk)).exists()


def test_the_team_s_own_readings_are_not_those_of_the_inspection(coach) -> None:
    case = stories.in_prehire(coach)
    coordinator, admin = (user_with(role, case.organisation) for role in (Role.COORDINATOR, Role.ADMIN))
    browser(coordinator).get(file_of(case))
    browser(coordinator).get(CASES)
    assert readings(coordinator) == 1
    assert "L’inspection n’a encore rien lu" in words(browser(admin).get(READS))


def test_an_organisation_reads_what_was_read_in_it_and_on_the_days_of_the_access(coach, frozen) -> None:
    here, there = coach.current_organisation, stories.a_coach()
    inspector = user_with(Role.INSPECTOR, here)
    MembershipFactory(user=inspector, organisation=there.current_organisation, role=Role.INSPECTOR)
    case, elsewhere = stories.in_prehire(coach, last_name="Ici"), stories.in_prehire(there, last_name="Ailleurs")
    browser(inspector).get(file_of(case))
    inspector.current_organisation = there.current_organisation
    inspector.save()
    browser(inspector).get(file_of(elsewhere))
    former = user_with(Role.COORDINATOR, here)
    record_access(former, case)
    MembershipFactory(
        user=former, organisation=here, role=Role.INSPECTOR, starts_on=date(2025, 3, 10), ends_on=date(2025, 4, 9)
    )
    page = words(browser(user_with(Role.ADMIN, here)).get(READS))
    assert "Ici" in page
    assert "Ailleurs" not in page
    assert former.get_full_name() not in page


# --- Who, until when --------------------------------------------------------------------------------------------------


def test_the_access_closes_by_itself_the_day_after(coach, frozen) -> None:
    case = stories.in_prehire(coach)
    held = MembershipFactory(
        organisation=case.organisation, role=Role.INSPECTOR, starts_on=today(), ends_on=date(2025, 6, 2)
    )
    frozen("2025-06-02")
    client = browser(held.user)
    assert "Votre accès se termine le 02/06/2025." in words(client.get(CASES))
    assert client.get(file_of(case)).status_code == 200
    frozen("2025-06-03")
    client = browser(User.objects.get(pk=held.user_id))
    assert client.get(CASES).status_code == 403
    assert client.get(file_of(case)).status_code == 404
    assert client.get(file_of(case, "zip")).status_code == 404
    door = words(client.get(reverse("home")))
    assert "Votre accès s’est terminé le 02/06/2025." in door
    assert f'action="{reverse("account_logout")}"' in door
    assert "Revenir à l’accueil" not in door


def test_the_list_names_and_dates_the_cases_and_nothing_more(coach, inspector) -> None:
    case = stories.in_prehire(coach, first_name="Zoé", last_name="Éloy-Brun", phone="0470 11 22 33")
    gone = stories.closed(coach)
    stories.in_prehire(stories.a_coach(), last_name="Ailleurs")
    client = browser(inspector)
    page = words(client.get(CASES))
    assert "Éloy-Brun Zoé" in page
    assert file_of(gone) in page
    assert "Ailleurs" not in page
    for more in (coach.get_full_name(), "0470", f'"{reverse("followup:case_summary", args=[case.pk])}"'):
        assert more not in page
    found = words(client.get(CASES, {"q": "brun eloy", "state": "ouverts"}))
    assert file_of(case) in found
    assert file_of(gone) not in found
    assert "Aucun dossier ne correspond" in words(client.get(CASES, {"q": "personne de ce nom"}))
    assert client.get(CASES, {"q": "x" * 101, "state": "n-importe-quoi"}).status_code == 200


def test_the_page_is_a_tab_for_the_team_and_stands_alone_for_an_inspector(coach, inspector) -> None:
    case = stories.in_prehire(coach)
    exit_case(case=case, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach)
    summary = f'"{reverse("followup:case_summary", args=[case.pk])}"'
    team = words(browser(user_with(Role.COORDINATOR, case.organisation)).get(file_of(case)))
    alone = words(browser(inspector).get(file_of(case)))
    assert summary in team
    assert summary not in alone
    for page in (team, alone):
        assert "Tout emporter (ZIP)" in page
        assert "pas de document scanné" in page
    tab = words(browser(coach).get(summary.strip('"')))
    assert file_of(case) not in tab


def test_the_pages_cost_the_same_for_few_cases_and_for_many(coach, inspector, frozen) -> None:
    case = stories.in_followup(coach)
    addresses = (CASES, file_of(case), reverse("reporting:report", args=["inspection"]))
    costs = []
    for number, day in ((1, "2025-03-03"), (8, "2025-03-04")):
        for _n in range(number):
            stories.a_contact(stories.in_prehire(coach))
            stories.a_contact(case)
        # On another day, so that each reading is a first one.
        frozen(day)
        client = browser(inspector)
        costs.append([statements(client, address) for address in addresses])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 15


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    # Whether the parameters changed is asked again after a while, whatever is read.
    return sum("accounts_parameter" not in query["sql"] for query in captured)


def test_nothing_else_was_ever_opened_to_an_inspector() -> None:
    """Every address of the permission matrix that an inspector may open, besides what is everybody's."""
    opened = {
        line.name for line in LINES if MAY in line.policy.inspector and line.policy not in (OPEN, ACCOUNT, BEFORE_LOGIN)
    }
    assert opened == {
        "home",
        "inspection:cases",
        "inspection:file",
        "inspection:pdf",
        "inspection:zip",
        "reporting:report_list",
        "reporting:report",
        "reporting:report_file",
        "reporting:run_list",
        "reporting:run",
        "reporting:run_file",
        "reporting:run_figure",
    }
    reports = {line.given["name"] for line in LINES if line.name == "reporting:report" and MAY in line.policy.inspector}
    assert reports == {"inspection"}
