"""The pages of the ESF+ record, and of what misses before a report is sent."""

from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import CoachingCase
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.phases import start_prehire
from esf.enums import Moment, Question, ResultSource
from esf.models import EsfParticipation, EsfRefusal, EsfResult
from esf.selectors.gaps import DATA, esf_gaps
from foundation.clock import today
from privacy.history import history_of
from tables.engine.registry import reports
from tables.engine.scope import Scope
from tests.factories.accounts import user_with
from tests.factories.esf import EVERY_NO, a_participant, a_result, an_esf_project, entered, left
from tests.factories.stories import a_case, a_coach, a_situation, hired, made_ready

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
D = date.fromisoformat


@pytest.fixture
def coach(client):
    coach = a_coach()
    client.force_login(coach)
    return coach


def url(name: str, case: CoachingCase) -> str:
    return reverse(f"esf:{name}", args=[case.pk])


def text_of(response) -> str:
    return unescape(response.content.decode())


def typed(**changes: str) -> dict[str, str]:
    """A complete entry as a browser sends it."""
    known = {
        "entry_on": "3/3/25",
        "status": "unemployed",
        "unemployed_since": "06/01/2020",
        "isced": "3",
        "nationality": "belgian",
        **EVERY_NO,
    }
    return known | changes


def test_the_tab_is_that_of_co_financed_projects(client, coach) -> None:
    case, other = a_participant(coach), a_case(coach)
    assert url("record", case) in text_of(client.get(reverse("beneficiaries:case_path", args=[case.pk])))
    assert url("record", other) not in text_of(client.get(reverse("beneficiaries:case_path", args=[other.pk])))
    for name in ("record", "entry", "exit", "six_months"):
        assert client.get(url(name, other)).status_code == 404


def test_an_entry_typed_by_hand(client, coach) -> None:
    case = a_participant(coach)
    answer = client.post(url("entry", case), typed(disability="refused", asked_on="aujourd’hui", proof="Case cochée"))
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer["Location"].endswith("#entree")
    record = EsfParticipation.objects.get()
    assert (record.status, record.isced, record.answer("disability")) == ("unemployed", 3, "refused")
    assert EsfRefusal.objects.get().asked_on == today()
    page = text_of(client.get(url("record", case)))
    assert "Case cochée" in page
    assert "complète" in page


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"entry_on": ""}, "entry_on", "Écrivez la date"),
        ({"entry_on": "4/3/2025"}, "entry_on", "futur"),
        ({"entry_on": "1/3/2025"}, "entry_on", "depuis le 03/03/2025"),
        ({"unemployed_since": "x"}, "unemployed_since", "jour/mois/année"),
        ({"status": "employed"}, "unemployed_since", "sans emploi à l’entrée"),
        ({"isced": "9"}, "isced", "choix"),
        ({"minority": "peut-être"}, "minority", "choix"),
        ({"minority": "refused"}, "asked_on", "quand la question a été posée"),
        ({"minority": "refused", "asked_on": "3/3/25"}, "proof", "prouve"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(client, coach, changes, field, words) -> None:
    case = a_participant(coach)
    answer = client.post(url("entry", case), typed(**changes) | {"proof": changes.get("proof", "")})
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors[field])
    assert answer.context["form"]["nationality"].value() == "belgian"
    assert not EsfParticipation.objects.exists()


def test_a_change_asks_why_and_keeps_what_was_typed(client, coach) -> None:
    case = a_participant(coach)
    entered(case)
    answer = client.post(url("entry", case), typed(isced="2"))
    assert answer.status_code == 422
    assert "dites pourquoi" in str(answer.context["form"].errors["reason"])
    assert answer.context["form"]["isced"].value() == "2"
    assert client.post(url("entry", case), typed(isced="2", reason="Diplôme vu")).status_code == 302
    assert EsfParticipation.objects.get().isced == 2


def test_the_form_proposes_what_the_file_knows_and_writes_nothing(client, coach) -> None:
    case = a_participant(coach, education="CESS", origin="FOREIGN")
    a_situation(case, kind="REGISTERED", starts_on=D("2023-05-02"))
    form = client.get(url("entry", case)).context["form"]
    assert form["isced"].value() == 3
    assert form["status"].value() == "unemployed"
    assert form["unemployed_since"].value() == D("2023-05-02")
    assert form["foreign_background"].value() == "yes"
    assert "Proposé d’après le dossier" in form["isced"].help_text
    assert not EsfParticipation.objects.exists()
    entered(case, isced=None)
    form = client.get(url("entry", case)).context["form"]
    # What was answered is no longer proposed; what was left open still is.
    assert form["foreign_background"].value() == "no"
    assert form["isced"].value() == 3


def test_the_exit_and_the_six_months_propose_the_job_of_the_file(client, coach, frozen) -> None:
    case = made_ready(a_participant(coach))
    start_prehire(case=case, on=today(), actor=coach)
    hired(case)
    case = left(CoachingCase.objects.get(pk=case.pk), outcome="EMPLOYED")
    form = client.get(url("exit", case)).context["form"]
    assert form["situation"].value() == ["EMPLOYED"]
    assert form["source"].value() == ResultSource.CASE_FILE
    sent = {"situation": ["EMPLOYED", "QUALIFICATION"], "source": "DOCUMENT", "seen_on": "03/03/2025"}
    assert client.post(url("exit", case), sent).status_code == 302
    assert client.post(url("exit", case), sent).status_code == 302
    result = EsfResult.objects.get()
    assert (result.employed, result.qualification, result.in_training) == (True, True, False)
    early = client.post(url("six_months", case), {"employed": "yes", "source": "TALK", "seen_on": "03/03/2025"})
    assert early.status_code == 422
    assert "03/09/2025" in str(early.context["form"].errors["seen_on"])
    frozen("2025-09-03")
    client.force_login(coach)
    assert client.get(url("six_months", case)).context["form"]["employed"].value() == "yes"
    sent = {"employed": "yes", "source": "TALK", "seen_on": "03/09/2025"}
    assert client.post(url("six_months", case), sent).status_code == 302


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({}, "situation", "Choisissez"),
        ({"situation": ["EMPLOYED", "NONE"]}, "situation", "ne va pas avec"),
        ({"situation": ["EMPLOYED"], "source": "UNREACHED"}, "source", "injoignable"),
        ({"situation": ["EMPLOYED"], "seen_on": "02/03/2025"}, "seen_on", "sortie le 03/03/2025"),
    ],
)
def test_an_exit_refused_beside_its_field(client, coach, sent, field, words) -> None:
    case = left(a_participant(coach))
    answer = client.post(url("exit", case), {"source": "TALK", "seen_on": "03/03/2025"} | sent)
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors[field])
    assert not EsfResult.objects.exists()


def test_a_colleague_reads_the_record_without_the_answers(client, coach) -> None:
    case = a_participant(coach)
    entered(case, answers=dict.fromkeys(Question.values, "refused"), asked_on=today(), proof="Preuve gardée")
    mine = text_of(client.get(url("record", case)))
    assert "Preuve gardée" in mine
    assert "ne souhaite pas répondre" in mine
    colleague = a_coach(coach.current_organisation)
    a_participant(colleague, case.project)
    client.force_login(colleague)
    page = client.get(url("record", case))
    assert page.status_code == 200
    for secret in ("Preuve gardée", "ne souhaite pas répondre", str(Question.MINORITY.label)):
        assert secret not in text_of(page)
    assert client.get(url("entry", case)).status_code == 403
    assert client.post(url("entry", case), typed()).status_code == 403
    elsewhere = a_coach()
    a_participant(elsewhere)
    client.force_login(elsewhere)
    assert client.get(url("record", case)).status_code == 404


def test_the_record_of_somebody_who_came_back_is_in_their_last_case(client, coach, frozen) -> None:
    first = a_participant(coach, opened_on=D("2025-01-06"))
    entered(first, entry_on=D("2025-01-06"))
    left(first)
    second = open_case(
        beneficiary=first.beneficiary,
        opening=CaseOpening(coach=coach, opened_on=today(), project=first.project),
        actor=coach,
    )
    page = client.get(url("record", first))
    assert page.context["page"] is None
    assert url("record", second) in text_of(page)
    assert "06/01/2025" in text_of(client.get(url("record", second)))


def test_reading_the_answers_is_written_down_and_the_history_tells_the_acts(client, coach) -> None:
    case = a_participant(coach)
    record = entered(case)
    client.get(url("record", case))
    [line] = history_of([record], accesses=True)
    assert line.actor == coach.get_full_name()
    history = text_of(client.get(reverse("beneficiaries:case_history", args=[case.pk])))
    assert "a rempli la fiche FSE+" in history


def test_the_reminder_leads_to_the_form(client, coach, frozen) -> None:
    case = left(a_participant(coach))
    frozen("2025-03-28")
    client.force_login(coach)
    assert url("exit", case) in text_of(client.get(reverse("followup:my_day")))
    a_result(case)
    assert url("exit", case) not in text_of(client.get(reverse("followup:my_day")))


# --- What misses ------------------------------------------------------------------------------------------------------


def gaps_of(project, **narrowed) -> dict[str, set]:
    scope = Scope(
        organisations=(project.organisation,), first=D("2025-01-01"), last=D("2025-12-31"), project=project, **narrowed
    )
    found: dict[str, set] = {}
    for gap in esf_gaps(scope):
        found.setdefault(gap.code, set()).add(gap.case_id)
    return found


def test_what_misses_on_whom_and_when(coach, frozen) -> None:
    project = an_esf_project(coach)
    bare, whole = a_participant(coach, project, gender="", birth_date=None), a_participant(coach, project)
    entered(whole, answers=dict.fromkeys(Question.values, "refused"), asked_on=today(), proof="Signé")
    entry = {*DATA} - {"result_exit", "result_six_months", "unemployed_since"}
    assert gaps_of(project) == {code: {bare.pk} for code in entry}
    entered(bare, unemployed_since=None, answers={}, isced=None, nationality="")
    assert gaps_of(project)["unemployed_since"] == {bare.pk}
    # Four weeks after the exit are the last day on which an immediate result may be reached.
    left(whole)
    for day, missing in (("2025-03-31", False), ("2025-04-01", True)):
        frozen(day)
        assert ("result_exit" in gaps_of(project)) is missing
    a_result(whole)
    for day, missing in (("2025-09-02", False), ("2025-09-03", True)):
        frozen(day)
        assert ("result_six_months" in gaps_of(project)) is missing
    a_result(whole, Moment.SIX_MONTHS, source=ResultSource.UNREACHED, employed=False)
    assert whole.pk not in set().union(*gaps_of(project).values())
    assert gaps_of(project, coach=a_coach(coach.current_organisation)) == {}


def test_each_gap_leads_to_the_very_field(client, coach, frozen) -> None:
    case = a_participant(coach, gender="", birth_date=None)
    entered(case, unemployed_since=None, answers={}, isced=None, nationality="")
    frozen("2025-03-04")
    left(case)
    other = a_participant(coach, case.project)
    frozen("2025-11-03")
    client.force_login(coach)
    found = reports["fse"].gaps(
        Scope(organisations=(coach.current_organisation,), first=today(), last=today(), project=case.project)
    )
    assert {gap.case_id for gap in found} == {other.pk}
    scope = Scope(
        organisations=(coach.current_organisation,), first=D("2025-01-01"), last=today(), project=case.project
    )
    gaps = reports["fse"].gaps(scope)
    assert {gap.code for gap in gaps} == set(DATA)
    pages: dict[str, str] = {}
    for gap in gaps:
        address, anchor = gap.url.split("#")
        if address not in pages:
            answer = client.get(address)
            assert answer.status_code == 200, address
            pages[address] = answer.content.decode()
        assert f'id="{anchor}"' in pages[address], gap


def test_the_page_of_gaps_counts_and_narrows(client, coach) -> None:
    project = an_esf_project(coach)
    a_participant(coach, project)
    colleague = a_coach(coach.current_organisation)
    theirs = a_participant(colleague, project, gender="")
    admin = user_with(Role.ADMIN, coach.current_organisation)
    client.force_login(admin)
    address = reverse("reporting:report_gaps", args=["fse"])
    assert address in text_of(client.get(reverse("reporting:report", args=["fse"])))
    page = client.get(address)
    assert (page.context["person_count"], page.context["gap_count"]) == (2, 17)
    # Filling a gap in leads back to the list of those that are left.
    [way] = {way for gap, way in page.context["people"][0].gaps if gap.code == "isced"}
    assert way == f"{url('entry', page.context['people'][0].case)}?next=%2Frapports%2Ffse%2Fmanques%2F#id_isced"
    filled = client.post(way.partition("#")[0], typed() | {"next": address})
    assert filled["Location"] == address
    page = client.get(address)
    assert page.context["gap_count"] == 9
    # An admin does not correct people: who can is told.
    assert "à compléter par la personne qui suit le dossier" in text_of(page)
    dates = {"first": "01/01/2025", "last": "03/03/2025", "project": project.pk}
    narrowed = client.get(address, dates | {"coach": colleague.pk})
    assert [person.case.pk for person in narrowed.context["people"]] == [theirs.pk]
    # A period before anybody came: nothing misses.
    assert "Rien ne manque" in text_of(client.get(address, dates | {"first": "1/1/24", "last": "31/12/24"}))
    assert client.get(reverse("reporting:report_gaps", args=["activite"])).status_code == 404
    client.force_login(coach)
    assert client.get(address).status_code == 403


def test_pages_cost_the_same_for_two_participants_and_for_twenty(client, coach) -> None:
    project = an_esf_project(coach)
    client.force_login(user_with(Role.ADMIN, coach.current_organisation))
    addresses = [
        reverse("reporting:report", args=["fse"]),
        reverse("reporting:report_gaps", args=["fse"]),
        reverse("reporting:figure", args=["fse", "outputs", "EECO01", "total"]),
    ]
    costs = []
    for number in (2, 18):
        for index in range(number):
            case = a_participant(coach, project)
            if index % 2:
                entered(case, answers=EVERY_NO | {"minority": "refused"}, asked_on=today(), proof="Signé")
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as sent:
                assert client.get(address).status_code == 200
            costs.append(len(sent))
    assert costs[:3] == costs[3:]
    assert max(costs) <= 15
