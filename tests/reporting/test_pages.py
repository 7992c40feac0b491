"""Reports, figures, dashboard and search in the browser's hands."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.enums import Role
from beneficiaries.models import CoachingCase
from followup.rules.watching import Step, Watch
from foundation.clock import today
from foundation.rules.periods import add_months
from foundation.workdays import working_days
from placements.services.clocks import SuspensionRequest, decide_suspension, request_suspension
from reporting.preview.selectors.front import Sheets
from tests.factories import stories
from tests.factories.accounts import user_with
from timesheets.services import sign_sheet

pytestmark = pytest.mark.django_db

NISS = "85030400136"


def report_url(name="activite", **query) -> str:
    asked = {"first": "01/01/2025", "last": "31/12/2025"} | query
    return reverse("reporting:report", args=[name]) + "?" + "&".join(f"{k}={v}" for k, v in asked.items())


@pytest.fixture
def coach(frozen):
    return stories.a_coach()


@pytest.fixture
def admin(coach, client):
    user = user_with(Role.ADMIN, coach.current_organisation)
    client.force_login(user)
    return user


def test_the_report_shows_figures_that_open_on_their_rows(client, coach, admin) -> None:
    case = stories.in_prehire(coach, last_name="Chiffrée")
    page = client.get(report_url())
    assert page.status_code == 200
    link = reverse("reporting:figure", args=["activite", "summary", "people", "count"])
    assert link in page.content.decode()
    rows = client.get(link + "?first=01/01/2025&last=31/12/2025")
    assert "Chiffrée" in rows.content.decode()
    assert '<p class="list-count">1 dossier</p>' in rows.content.decode()
    assert reverse("followup:case_summary", args=[case.pk]) in rows.content.decode()


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("01/06/2025", "31/05/2025", "précède"),
        ("01/01/0001", "31/05/2025", "Choisissez une année entre 1990 et"),
        ("01/01/2025", "31/12/9999", "Choisissez une année entre 1990 et"),
        ("31/02/2025", "31/05/2025", "n’existe pas"),
        ("", "31/05/2025", ""),
    ],
)
def test_a_period_that_makes_no_sense_is_told_beside_the_field(client, admin, first, last, sentence) -> None:
    page = client.get(report_url(first=first, last=last))
    assert page.status_code == 200
    assert page.context["document"] is None
    assert page.context["form"].errors
    assert sentence in page.content.decode()


@pytest.mark.parametrize(("extension", "magic"), [("pdf", b"%PDF-"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_the_files(client, coach, admin, extension, magic) -> None:
    stories.in_prehire(coach)
    url = reverse("reporting:report_file", args=["activite", extension]) + "?first=01/01/2025&last=31/12/2025"
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.content.startswith(magic)
    assert f"activite-20250101-20251231.{extension}" in answer["Content-Disposition"]


def test_the_workbook_equals_the_page_cell_by_cell(client, coach, admin) -> None:
    stories.in_followup(coach)
    document = client.get(report_url()).context["document"]
    url = reverse("reporting:report_file", args=["activite", "xlsx"]) + "?first=01/01/2025&last=31/12/2025"
    book = openpyxl.load_workbook(io.BytesIO(client.get(url).content))
    for table, sheet in zip(document.tables(), book.worksheets[1:], strict=True):
        lines = list(sheet.iter_rows(min_row=4, max_row=3 + len(table.rows), values_only=True))
        for row, line in zip(table.rows, lines, strict=True):
            assert line[0] == row.label
            for cell, written in zip(row.cells, line[1:], strict=False):
                if isinstance(cell.value, int) and cell.kind == "count":
                    assert written == cell.value


def test_a_jobcoach_asks_for_no_report_and_an_analyst_opens_no_name(client, coach) -> None:
    stories.in_prehire(coach)
    client.force_login(coach)
    assert client.get(reverse("reporting:report_list")).status_code == 403
    analyst = user_with(Role.ANALYST, coach.current_organisation)
    client.force_login(analyst)
    assert client.get(report_url("consolidation")).status_code == 200
    assert client.get(report_url("activite")).status_code == 403
    figure = reverse("reporting:figure", args=["consolidation", "summary", "people", "count"])
    assert client.get(figure + "?first=01/01/2025&last=31/12/2025").status_code == 403
    assert "/chiffre/" not in client.get(report_url("consolidation")).content.decode()


def test_an_unknown_report_table_or_cell_is_404(client, admin) -> None:
    period = "?first=01/01/2025&last=31/12/2025"
    known = ["activite", "summary", "people", "count"]
    for position in range(len(known)):
        parts = [*known[:position], "x", *known[position + 1 :]]
        assert client.get(reverse("reporting:figure", args=parts) + period).status_code == 404


@pytest.mark.parametrize("name", ["activite", "consolidation"])
def test_another_organisation_is_in_the_network_and_nowhere_else(client, coach, admin, name) -> None:
    # Below five nothing is told of the network.
    elsewhere = stories.a_coach()
    for carrier in [coach] * 5 + [elsewhere] * 6:
        stories.in_prehire(carrier)
    document = client.get(report_url(name)).context["document"]
    expected = {"activite": 5, "consolidation": 11}[name]
    assert document.table("summary").cell("people", "count").value == expected


@pytest.fixture
def coordinator(coach, client):
    user = user_with(Role.COORDINATOR, coach.current_organisation)
    client.force_login(user)
    return user


def test_the_dashboard_counts_loads_lateness_and_deadlines(client, frozen, coach, coordinator) -> None:
    stories.in_prehire(coach, since=date(2025, 2, 20))  # first contact was due on 27 February
    stories.in_prehire(coach, since=date(2023, 4, 2))  # 24 months end on 2 April
    stories.in_prehire(coach, since=date(2023, 3, 3))  # expired today
    stories.closed(coach)
    stories.in_prehire(stories.a_coach(), since=date(2025, 1, 8))
    board = client.get(reverse("reporting:dashboard")).context["board"]
    assert board.open_cases == 3
    load = next(load for load in board.coaches if load.coach == coach)
    assert (load.cases, load.norm) == (3, 20)
    assert load.late == 3
    assert [h.prehire for h in board.horizons] == [1, 1, 1]
    assert (board.counted[Watch.EXPIRED], board.counted[Watch.UNCHECKED]) == (1, 0)


def test_cases_of_somebody_who_left_are_shown(client, frozen, coach, coordinator) -> None:
    case = stories.in_prehire(coach)
    membership = coach.memberships.get()
    membership.ends_on = date(2025, 3, 2)
    membership.save()
    board = client.get(reverse("reporting:dashboard")).context["board"]
    assert board.counted[Watch.ORPHAN] == 1
    listed = client.get(reverse("followup:case_list"), {"coach": "tous", "watch": Watch.ORPHAN.value})
    assert [status.case_id for status in listed.context["page_obj"].object_list] == [case.pk]


@pytest.mark.parametrize("code", [*Watch, *(f"step:{step}" for step in Step)])
def test_each_figure_counts_the_rows_of_the_list_that_it_opens(client, frozen, coach, coordinator, code) -> None:
    stories.in_prehire(coach, since=date(2023, 3, 3))
    stories.in_prehire(coach, since=date(2023, 4, 2))
    stories.in_followup(coach, since=date(2025, 2, 20), prehire_since=date(2025, 1, 10))
    stories.a_case(coach)
    board = client.get(reverse("reporting:dashboard")).context["board"]
    name, _colon, step = str(code).partition(":")
    asked = {"step": step, "state": "tous"} if step else {"watch": name}
    listed = client.get(reverse("followup:case_list"), {"coach": "tous"} | asked)
    assert len(listed.context["page_obj"].object_list) == board.counted[step or name]


def test_the_sheet_of_the_meeting_is_a_pdf_of_at_most_two_pages(client, frozen, coach, coordinator) -> None:
    stories.in_prehire(coach, since=date(2025, 1, 8))
    answer = client.get(reverse("reporting:dashboard_sheet"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.count(b"/Type /Page\n") + answer.content.count(b"/Type /Page/") <= 2


@pytest.mark.parametrize("count", [2, 12])
def test_the_dashboard_costs_the_same_whatever_the_number_of_cases(
    client, frozen, coach, coordinator, django_assert_max_num_queries, count
) -> None:
    for number in range(count):
        stories.in_prehire(coach, since=date(2023, 3 + number % 3, 3))
    client.get(reverse("reporting:dashboard"))
    with django_assert_max_num_queries(15):
        client.get(reverse("reporting:dashboard"))


def found(client, query: str) -> str:
    return strip_tags(client.post(reverse("reporting:search"), {"q": query}, follow=True).content.decode())


def test_search_forgives_accents_case_and_a_slip(client, coach, admin) -> None:
    stories.a_case(coach, first_name="Éloïse", last_name="D’Hœur")
    stories.a_company(coach, name="Garage de l’Étoile")
    for query in ("eloise", "D'HOEUR", "dhoeur eloise", "Eloize"):
        assert "D’Hœur" in found(client, query)
    assert "Garage de l’Étoile" in found(client, "garrage etoile")
    assert "Rien ne correspond" in found(client, "zzzzz")


def test_a_national_number_leads_to_the_case_and_never_stands_in_an_address(client, coach, admin) -> None:
    case = stories.a_case(coach, niss=NISS)
    answer = client.post(reverse("reporting:search"), {"q": "85.03.04-001.36"})
    assert answer["Location"] == reverse("followup:case_summary", args=[case.pk])
    unknown = client.post(reverse("reporting:search"), {"q": "85.03.04-002.35"})
    assert unknown["Location"] == reverse("reporting:search")


def test_search_stays_within_the_organisation(client, admin) -> None:
    stranger = stories.a_coach()
    stories.a_case(stranger, last_name="Ailleurs", niss=NISS)
    assert "Ailleurs" not in found(client, "ailleurs")
    assert client.post(reverse("reporting:search"), {"q": NISS})["Location"] == reverse("reporting:search")
    assert CoachingCase.objects.count() == 1


def a_request(case, starts_on=date(2025, 3, 10), ends_on=None):
    request = SuspensionRequest(reason="ILLNESS", starts_on=starts_on, ends_on=ends_on, evidence="Certificat")
    return request_suspension(case=case, request=request, actor=case.coach)


def test_the_requests_that_wait_for_a_decision_are_listed_the_oldest_first(client, frozen, coach, coordinator) -> None:
    first = a_request(stories.in_prehire(coach, last_name="Ancienne"))
    frozen("2025-03-04")
    second = a_request(stories.in_prehire(coach, last_name="Récente"))
    decided = a_request(stories.in_prehire(coach, last_name="Décidée"))
    decide_suspension(suspension=decided, approved=True, on=date(2025, 3, 4), actor=coordinator)
    a_request(stories.in_prehire(stories.a_coach(), last_name="Ailleurs"))
    client.force_login(coordinator)
    answer = client.get(reverse("reporting:dashboard"))
    page = answer.content.decode()
    assert [line.request for line in answer.context["board"].requests] == [first.request, second.request]
    assert "Décisions attendues" in page
    assert "Ailleurs" not in page
    for row in (first, second):
        assert reverse("beneficiaries:exception_decide", args=[row.case_id, row.request_id]) in page


def test_an_admin_reads_the_requests_and_decides_none(client, coach, admin) -> None:
    row = a_request(stories.in_prehire(coach))
    page = client.get(reverse("reporting:dashboard")).content.decode()
    decide = reverse("beneficiaries:exception_decide", args=[row.case_id, row.request_id])
    assert reverse("beneficiaries:exception_list", args=[row.case_id]) in page
    assert decide not in page
    assert client.get(decide).status_code == 403


@pytest.mark.parametrize("count", [2, 12])
def test_the_requests_cost_one_statement(
    client, frozen, coach, coordinator, django_assert_max_num_queries, count
) -> None:
    for _number in range(count):
        a_request(stories.in_prehire(coach))
    client.get(reverse("reporting:dashboard"))
    with django_assert_max_num_queries(15):
        client.get(reverse("reporting:dashboard"))


def test_the_front_page_says_what_waits_and_when_each_report_left(client, coach, admin, frozen) -> None:
    here = coach.current_organisation
    case = stories.in_prehire(coach, since=date(2025, 1, 8))
    month = add_months(today().replace(day=1), -1)
    stories.a_contact(case, on=working_days(month).on_or_before(month.replace(day=20)))
    stories.in_prehire(stories.a_coach())
    quiet = stories.a_coach(here)
    page = client.get(reverse("reporting:report_list"))
    assert page.context["board"].sheets == Sheets(month, unsigned=1, to_countersign=0)
    text = page.content.decode()
    assert "1 feuille de prestations à signer" in text
    assert f"{reverse('timesheets:sheet_list')}?mois={month:%Y-%m}" in text
    assert text.index("Rapport d’activité") < text.index("Heures prestées") < text.index("Tableau consolidé")
    sign_sheet(month=month, typed_name=coach.get_full_name(), actor=coach)
    board = client.get(reverse("reporting:report_list")).context["board"]
    assert board.sheets == Sheets(month, unsigned=0, to_countersign=1)
    client.force_login(quiet)
    assert client.get(reverse("reporting:report_list")).status_code == 403
    client.force_login(user_with(Role.ANALYST, here))
    assert client.get(reverse("reporting:report_list")).context["board"].anything_waits is False
