"""The list of cases: what each sees first, what narrows and orders it, and the file that leaves with it."""

import csv
import io
from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import CoachingCase
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.phases import exit_case
from foundation.clock import today
from foundation.spreadsheets import csv_file
from tests.factories.accounts import ProjectFactory, SiteFactory, user_with
from tests.factories.stories import a_case, a_coach, a_contact, a_person, in_followup, in_prehire

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
URL = "/dossiers/"


def names(response) -> list[str]:
    return [row.case.beneficiary.last_name for row in response.context["rows"]]


def tags(response) -> dict[str, str]:
    return {f"{tag.label} : {tag.value}": tag.remove_url for tag in response.context["tags"]}


def test_a_coach_sees_their_own_and_may_see_the_team(frozen, page_of):
    coach = a_coach()
    in_prehire(coach, last_name="Mienne")
    in_prehire(a_coach(coach.current_organisation), last_name="Collègue")
    mine = page_of(coach, URL)
    assert names(mine) == ["Mienne"]
    assert tags(mine) == {f"Jobcoach : {coach.get_full_name()}": "/dossiers/?coach=tous"}
    assert names(page_of(coach, URL, coach="tous")) == ["Collègue", "Mienne"]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMIN])
def test_others_see_every_open_case_of_their_organisation(frozen, page_of, role):
    coach = a_coach()
    in_prehire(coach, last_name="Ouverte")
    gone = in_prehire(coach, last_name="Sortie")
    exit_case(case=gone, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach)
    in_prehire(a_coach(), last_name="Ailleurs")
    response = page_of(user_with(role, coach.current_organisation), URL)
    assert names(response) == ["Ouverte"]
    assert response.context["tags"] == []


def test_an_analyst_sees_no_name(page_of):
    analyst = user_with(Role.ANALYST)
    assert page_of(analyst, URL).status_code == 403
    assert page_of(analyst, reverse("followup:case_export")).status_code == 403


@pytest.fixture
def team(frozen):
    """A team of two, with cases that differ in everything that can be asked."""
    coach = a_coach()
    organisation = coach.current_organisation
    site, project = SiteFactory(organisation=organisation), ProjectFactory(organisation=organisation)
    opening = CaseOpening(coach=coach, opened_on=today() - 3 * DAY, site=site, project=project)
    open_case(beneficiary=a_person(coach, last_name="Préparée"), opening=opening, actor=coach)
    in_prehire(coach, since=today() - 30 * DAY, last_name="Très-en-retard")
    in_prehire(coach, since=today() - 10 * DAY, last_name="En Retard")
    in_prehire(coach, since=today() - 7 * DAY, last_name="Aujourdhui")
    soon = in_prehire(coach, since=today() - 710 * DAY, last_name="Horloge")
    a_contact(soon, on=today())
    a_contact(in_followup(coach, since=today() - 150 * DAY, prehire_since=today() - 200 * DAY))
    boss = user_with(Role.COORDINATOR, organisation)
    gone = a_case(a_coach(organisation), last_name="Élodie-Sortie")
    exit_case(case=gone, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=gone.coach)
    return boss, coach, site, project


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"q": "prepa"}, ["Préparée"]),
        ({"q": "EXEMPLE retard"}, []),
        ({"q": "retard prenom"}, ["En Retard", "Très-en-retard"]),
        ({"phase": "PREPARATORY"}, ["Préparée"]),
        ({"urgency": "retard"}, ["En Retard", "Très-en-retard"]),
        ({"urgency": "tres-retard"}, ["Très-en-retard"]),
        ({"urgency": "aujourdhui"}, ["Aujourdhui"]),
        ({"urgency": "semaine"}, ["Aujourdhui", "Horloge"]),
        ({"deadline": "30", "phase": "PRE_HIRE"}, ["Horloge"]),
        ({"state": "sortis"}, ["Élodie-Sortie"]),
        ({"phase": "INCONNUE", "urgency": "peut-être", "q": "prépa"}, ["Préparée"]),
    ],
)
def test_filters_narrow_and_what_is_not_understood_is_ignored(team, page_of, filters, expected):
    boss, *_rest = team
    assert names(page_of(boss, URL, **filters)) == expected


def test_site_project_and_coach_narrow_too(team, page_of):
    boss, coach, site, project = team
    for filters in ({"site": site.pk}, {"project": project.pk}):
        assert names(page_of(boss, URL, **filters)) == ["Préparée"]
    assert len(names(page_of(boss, URL, coach=coach.pk))) == 6
    assert "Élodie-Sortie" in names(page_of(boss, URL, state="tous"))


@pytest.mark.parametrize(("days", "number"), [("30", 1), ("60", 2), ("90", 2)])
def test_a_horizon_takes_both_clocks(team, page_of, days, number):
    boss, *_rest = team
    found = names(page_of(boss, URL, deadline=days))
    assert len(found) == number
    assert "Horloge" in found


def test_chosen_filters_are_tags_that_each_can_be_taken_away(team, page_of):
    boss, coach, *_rest = team
    found = tags(page_of(boss, URL, phase="PRE_HIRE", coach=coach.pk, state="tous", sort="-due"))
    assert set(found) == {f"Jobcoach : {coach.get_full_name()}", "Phase : pré-embauche", "Dossiers : tous"}
    assert "phase=" not in found["Phase : pré-embauche"]
    assert "sort=-due" in found["Phase : pré-embauche"]
    assert "coach=tous" in found[f"Jobcoach : {coach.get_full_name()}"]


@pytest.mark.parametrize("key", ["name", "phase", "coach", "last", "due", "clock", "opened"])
def test_every_column_orders_both_ways(team, page_of, key):
    boss, *_rest = team
    forwards, backwards = (names(page_of(boss, URL, sort=sort)) for sort in (key, f"-{key}"))
    assert sorted(forwards) == sorted(backwards)
    assert len(forwards) == 6


def test_orders_mean_what_they_say(team, page_of):
    boss, *_rest = team
    assert names(page_of(boss, URL, sort="due"))[:2] == ["Très-en-retard", "En Retard"]
    assert names(page_of(boss, URL, sort="phase"))[0] == "Préparée"
    assert names(page_of(boss, URL, sort="-opened"))[0] == "Préparée"
    assert names(page_of(boss, URL, sort="-phase"))[0].startswith("Exemple")
    assert names(page_of(boss, URL, sort="nonsense")) == names(page_of(boss, URL))


def test_names_are_ordered_whatever_their_accents(frozen, page_of):
    coach = a_coach()
    for name in ("Zoé", "Écaussart", "Denis"):
        in_prehire(coach, last_name=name)
    assert names(page_of(coach, URL)) == ["Denis", "Écaussart", "Zoé"]


def test_nothing_found_says_what_to_do(frozen, page_of):
    coach = a_coach()
    a_case(coach)
    page = page_of(coach, URL, q="zzz").content.decode()
    assert "Aucun dossier ne correspond" in page
    assert "<strong>0</strong> dossier" in page


def test_where_no_case_was_ever_opened_no_filter_is_blamed(frozen, page_of):
    page = page_of(a_coach(), URL).content.decode()
    assert "Le premier dossier est à ouvrir" in page
    assert "Retirez un filtre" not in page


def test_a_filter_that_is_not_understood_is_told_in_the_title_and_beside_its_field(frozen, page_of):
    coach = a_coach()
    page = page_of(coach, URL, phase="zzz").content.decode()
    assert "<title>Erreur : Dossiers" in page
    assert 'id="id_phase_error"' in page
    assert "<title>Dossiers" in page_of(coach, URL, phase="PRE_HIRE").content.decode()


def test_pages_keep_the_filters(frozen, page_of, monkeypatch):
    from followup.views.cases import CaseListView

    monkeypatch.setattr(CaseListView, "per_page", 2)
    coach = a_coach()
    for _n in range(5):
        in_prehire(coach)
    first = page_of(coach, URL, phase="PRE_HIRE").context["page_obj"]
    response = page_of(coach, URL, phase="PRE_HIRE", apres=first.next_cursor)
    assert len(names(response)) == 2
    # By key: the cursor names a row, never a person.
    assert f"?phase=PRE_HIRE&amp;apres=4~{response.context['rows'][-1].status.pk}" in response.content.decode()


@pytest.mark.parametrize("number", [2, 20])
def test_the_page_costs_the_same_whatever_the_number_of_cases(frozen, page_of, number):
    coach = a_coach()
    for _n in range(number):
        in_prehire(coach)
    # One of them asks whether a dated parameter changed: how late is very late is one. Four read both clocks, one the
    # view that one starts with, one the kept views, one every number that the page says.
    assert page_of(coach, URL).statements == 14


# --- the file ---------------------------------------------------------------------------------------------------------


def lines(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_holds_what_is_shown_in_the_same_order(team, page_of):
    boss, *_rest = team
    asked = {"urgency": "retard", "sort": "due"}
    response = page_of(boss, reverse("followup:case_export"), **asked)
    assert response["Content-Type"].startswith("text/csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert f"dossiers-{today():%Y-%m-%d}.csv" in response["Content-Disposition"]
    header, *rows = lines(response)
    assert header[:3] == ["Nom", "Prénom", "Phase"]
    assert [row[0] for row in rows] == names(page_of(boss, URL, **asked))
    assert all(len(row) == len(header) for row in rows)
    assert rows[0][8] == f"{today() - 23 * DAY:%d/%m/%Y}"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_run_by_a_spreadsheet(start):
    written = csv_file([[f"{start}cmd|' /C calc'!A0", "Exemple"]]).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(written, newline=""), delimiter=";"))[0].startswith("'")


def test_a_dangerous_name_is_made_harmless(frozen, page_of):
    coach = a_coach()
    in_prehire(coach, last_name="=HYPERLINK()")
    assert lines(page_of(coach, reverse("followup:case_export")))[1][0] == "'=HYPERLINK()"


def test_taking_the_list_away_is_written_down_for_each_case_once(frozen, page_of):
    coach = a_coach()
    case = in_prehire(coach)
    in_prehire(a_coach(coach.current_organisation))
    for _twice in range(2):
        page_of(coach, reverse("followup:case_export"))
    (entry,) = LogEntry.objects.filter(action=LogEntry.Action.ACCESS, additional_data__access="export")
    assert (entry.object_pk, entry.actor) == (str(case.pk), coach)
    assert CoachingCase.objects.count() == 2


def test_looking_at_the_list_writes_nothing(frozen, page_of):
    coach = a_coach()
    in_prehire(coach)
    before = LogEntry.objects.count()
    page_of(coach, URL)
    assert LogEntry.objects.count() == before


@pytest.mark.parametrize("number", [2, 20])
def test_the_file_costs_the_same_whatever_the_number_of_cases(frozen, page_of, number):
    coach = a_coach()
    for _n in range(number):
        in_prehire(coach, since=date(2025, 2, 3))
    assert page_of(coach, reverse("followup:case_export")).statements <= 9
