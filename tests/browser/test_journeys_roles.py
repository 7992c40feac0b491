"""One journey for each of the other roles: the coordinator, the admin, the analyst."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Download, Page, expect

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import CoachingCase
from tests.browser.acts import days_ago, field, follow, log_in_at_the_door, send, told
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = pytest.mark.django_db(transaction=True)

ALL_ENTRIES = {"Ma journée", "Tableau de bord", "Dossiers", "Entreprises", "Postes", "Rapports", "Paramètres"}


@pytest.fixture
def coach() -> User:
    return stories.a_coach()


def entries(page: Page) -> set[str]:
    """The entries of the main navigation."""
    links = page.get_by_role("navigation", name="Navigation principale").get_by_role("link")
    return {words.strip() for words in links.all_inner_texts()} & ALL_ENTRIES


def enter(page: Page, entry: str) -> None:
    """Follow an entry of the main navigation."""
    page.get_by_role("navigation", name="Navigation principale").get_by_role("link", name=entry, exact=True).click()


def test_a_coordinator_sees_who_is_late_and_hands_a_case_over(page: Page, coach: User) -> None:
    silent = stories.in_prehire(coach, since=days_ago(60), first_name="Farida", last_name="Silencieuse")
    stories.in_followup(coach)
    colleague = stories.a_coach(coach.current_organisation)
    log_in_at_the_door(page, user_with(Role.COORDINATOR, coach.current_organisation))
    expect(page.get_by_role("heading", level=1, name="Tableau de bord")).to_be_visible()
    loads = page.get_by_role("table", name="Charge par jobcoach")
    load = loads.get_by_role("row").filter(has_text=coach.get_full_name())
    expect(load.get_by_role("cell").nth(0)).to_contain_text("2 / 20")
    # The oldest of what is late stands beside its number.
    expect(load.get_by_role("cell").nth(1)).to_contain_text(re.compile(r"\d du \d\d/\d\d"))
    quiet = page.get_by_role("table", name="Dossiers silencieux").get_by_role("row").filter(has_text="Silencieuse")
    quiet.get_by_role("link", name=re.compile("Transmettre")).click()
    page.get_by_role("combobox", name="À qui").press_sequentially(colleague.last_name)
    page.get_by_role("option", name=colleague.get_full_name()).click()
    field(page, "Note de passation").fill("Elle attend une visite d’entreprise.")
    send(page, "Transmettre")
    told(page, f"est transmis à {colleague.get_full_name()}")
    assert CoachingCase.objects.get(pk=silent.pk).coach == colleague
    enter(page, "Tableau de bord")
    theirs = loads.get_by_role("row").filter(has_text=colleague.get_full_name())
    expect(theirs.get_by_role("cell").first).to_contain_text("1 / 20")


def test_an_admin_reads_a_report_takes_it_away_opens_a_figure_and_adds_somebody(page: Page, coach: User) -> None:
    stories.in_prehire(coach, last_name="Comptée")
    log_in_at_the_door(page, user_with(Role.ADMIN, coach.current_organisation))
    enter(page, "Rapports")
    follow(page, "Rapport d’activité")
    field(page, "Du").fill("01/01/2020")
    page.get_by_role("button", name="Calculer").click()
    summary = page.get_by_role("table").first
    expect(summary).to_be_visible()
    assert taken(page, "PDF").startswith(b"%PDF-")
    assert taken(page, "XLSX").startswith(b"PK")
    summary.get_by_role("row").filter(has_text=re.compile("personnes", re.IGNORECASE)).get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1, name="Ce que compte ce chiffre")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name=re.compile("Comptée"))).to_be_visible()
    enter(page, "Paramètres")
    page.get_by_role("link", name="Utilisateurs").first.click()
    follow(page, "Ajouter")
    field(page, "Prénom").fill("Nadia")
    field(page, "Nom").fill("Nouvelle")
    field(page, "Adresse e-mail").fill("nadia@example.org")
    field(page, "Rôle").select_option("JOBCOACH")
    send(page, "Ajouter et inviter")
    told(page, "Nadia Nouvelle a reçu une invitation à l’adresse nadia@example.org.")
    assert mail.outbox[-1].to == ["nadia@example.org"]


def taken(page: Page, label: str) -> bytes:
    """The file that a link of the page downloads."""
    with page.expect_download() as waiting:
        page.get_by_role("main").get_by_role("link", name=label).click()
    download: Download = waiting.value
    return download.path().read_bytes()


def test_an_analyst_reads_the_consolidated_report_and_no_name(page: Page, coach: User) -> None:
    case = stories.in_prehire(coach, last_name="Anonyme")
    log_in_at_the_door(page, user_with(Role.ANALYST, coach.current_organisation))
    assert entries(page) == {"Rapports"}
    reports = page.get_by_role("main").get_by_role("listitem").get_by_role("link")
    expect(reports).to_have_count(1)
    # The report, its history, and the first act of a first visit, which is the report too.
    expect(page.get_by_role("main").get_by_role("link")).to_have_count(3)
    expect(page.get_by_role("main").get_by_role("link", name="Historique des envois")).to_be_visible()
    reports.click()
    expect(page.get_by_role("table").first).to_be_visible()
    expect(page.get_by_text("Anonyme")).to_have_count(0)
    expect(page.locator("main a[href*='/chiffre/']")).to_have_count(0)
    for address, status in (("/dossiers/", 403), (f"/dossiers/{case.pk}/", 404), ("/rapports/activite/", 403)):
        response = page.goto(address)
        assert response is not None
        assert response.status == status, address
        expect(page.get_by_role("link", name="Revenir à l’accueil")).to_be_visible()
