"""« Comment cette date est calculée », suspensions and extensions on the screen: lines, acts, refusals, effects."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import CoachingCase
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.phases import exit_case, start_prehire
from foundation.clock import today
from placements.models import ClockExtension, ClockSuspension
from placements.services.clocks import SuspensionRequest, decide_suspension, grant_extension, request_suspension
from placements.services.hiring import end_employment
from tests.employers.pages import browser, error_beside, statements, words
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

START = date(2024, 1, 8)


@pytest.fixture
def coach():
    return stories.a_coach()


@pytest.fixture
def case(coach):
    return stories.in_prehire(coach, since=START)


@pytest.fixture
def coordinator(coach):
    return user_with(Role.COORDINATOR, coach.current_organisation, last_name="Coordonne", first_name="Dominique")


def at(name, case, *keys, **query):
    address = reverse(f"placements:{name}", args=[case.pk, *keys])
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else address


def page(user, case):
    return words(browser(user).get(at("case_clock", case)))


def asked(case, starts_on=date(2024, 6, 3), ends_on=date(2024, 6, 30), reason="ILLNESS"):
    request = SuspensionRequest(reason=reason, starts_on=starts_on, ends_on=ends_on, evidence="Certificat du 3 juin")
    return request_suspension(case=case, request=request, actor=case.coach)


def approved(case, coordinator, **days):
    return decide_suspension(suspension=asked(case, **days), approved=True, on=today(), actor=coordinator)


def deadline(case):
    return CoachingCase.objects.get(pk=case.pk).status.prehire_deadline


# --- the calculation --------------------------------------------------------------------------------------------------


def test_every_line_is_there_with_its_days_and_where_it_comes_from(case, coach, coordinator) -> None:
    firm = stories.a_company(coach, name="Garage exemple")
    job = stories.hired(case, starts_on=date(2024, 4, 1), ends_on=date(2024, 6, 30), contract_type="CDD", company=firm)
    end_employment(employment=job, ended_on=date(2024, 6, 30), reason="TERM", actor=coach)
    approved(case, coordinator, starts_on=date(2024, 9, 2), ends_on=date(2024, 9, 30))
    grant_extension(case=case, months=3, reason="Grossesse", document="PV du comité", on=today(), actor=coordinator)

    shown = page(coach, case)

    assert "Premier jour de la pré-embauche" in shown
    assert "Horloge de base : 24 mois" in shown
    assert "+ 731" in shown
    assert "Prolongation : 3 mois" in shown
    assert "3 mois accordés le 03/03/2025 par Dominique Coordonne. Document : PV du comité" in shown
    assert "Arrêt : travail" in shown
    assert "CDD chez Garage exemple, du 01/04/2024 au 30/06/2024" in shown
    assert "+ 91" in shown
    assert "Arrêt : suspension" in shown
    assert "Maladie, du 02/09/2024 au 30/09/2024 (approuvée le 03/03/2025 par Dominique Coordonne)" in shown
    assert f"Échéance : premier jour qui n’est plus couvert {deadline(case):%d/%m/%Y}" in shown.replace(
        '</th> <td class="num">', " "
    )
    assert "Il reste" in shown


def test_work_and_suspension_that_touch_are_one_stop(case, coach, coordinator) -> None:
    job = stories.hired(case, starts_on=date(2024, 4, 1), ends_on=date(2024, 4, 30), contract_type="CDD")
    end_employment(employment=job, ended_on=date(2024, 4, 30), reason="TERM", actor=coach)
    approved(case, coordinator, starts_on=date(2024, 4, 15), ends_on=date(2024, 5, 14))
    shown = page(coach, case)
    assert "Arrêt : travail et suspension" in shown
    assert "+ 44" in shown


def test_an_open_ended_job_leaves_the_deadline_in_suspense(case, coach) -> None:
    stories.hired(case, starts_on=date(2025, 2, 3))
    shown = page(coach, case)
    assert "Sans fin connue : l’échéance est en suspens." in shown
    assert "L’horloge est arrêtée sans fin connue" in shown


def test_a_stop_that_comes_too_late_says_so(case, coach, frozen, coordinator) -> None:
    frozen("2026-02-02")
    approved(case, coordinator, starts_on=date(2026, 1, 8), ends_on=date(2026, 1, 30))
    shown = page(coach, case)
    assert "Trop tard : l’horloge était déjà expirée, cet arrêt n’ajoute rien." in shown
    assert deadline(case) == date(2026, 1, 8)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 1, 7), "Il reste 1 jour."),
        (date(2026, 1, 8), "épuisés aujourd’hui : ce jour n’est plus couvert"),
        (date(2026, 1, 9), "Les 24 mois sont dépassés de 1 jour."),
    ],
)
def test_the_result_around_the_last_day(case, frozen, coach, day, sentence) -> None:
    frozen(day)
    assert sentence in page(coach, case)


def test_before_pre_hire_nothing_is_calculated_nor_asked(coach) -> None:
    case = stories.a_case(coach)
    shown = page(coach, case)
    assert "l’horloge démarrera ce jour-là" in shown
    assert at("suspension_request", case) not in shown
    response = browser(coach).post(at("suspension_request", case), suspension())
    assert "Une suspension ne commence pas avant la pré-embauche." in error_beside(response, "starts_on")


def test_a_closed_case_says_what_was_used_and_begins_nothing(case, coach, coordinator) -> None:
    exit_case(case=case, on=date(2025, 1, 8), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach)
    shown = page(coordinator, case)
    assert "Dossier sorti le 08/01/2025 : 366 jours utilisés sur 731 jours." in shown
    for name in ("extension_ask", "extension_grant", "what_if"):
        assert at(name, case) not in shown
    # An illness of before the exit may be heard of after it.
    assert at("suspension_request", case) in shown


def test_days_carried_over_lead_to_the_former_case(case, coach, frozen) -> None:
    frozen("2024-09-02")
    exit_case(case=case, on=today(), exit_reason="WITHDRAWAL", exit_outcome="JOB_SEEKING", actor=coach)
    frozen("2025-03-03")
    new = open_case(beneficiary=case.beneficiary, opening=CaseOpening(coach=coach, opened_on=today()), actor=coach)
    assert "avait déjà utilisé 238 jours" in page(coach, new)
    start_prehire(case=stories.made_ready(new), on=today(), actor=coach)
    shown = page(coach, new)
    assert "− 238" in shown
    assert "Dossier précédent, sorti le 02/09/2024" in shown
    assert at("case_clock", case) in shown


def test_the_header_of_every_tab_leads_to_the_calculation(case, coach) -> None:
    for name in ("followup:case_summary", "beneficiaries:case_path", "placements:case_jobs"):
        shown = words(browser(coach).get(reverse(name, args=[case.pk])))
        assert at("case_clock", case) in shown
        assert at("what_if", case) in shown


# --- who sees and decides ---------------------------------------------------------------------------------------------


def test_the_coach_asks_and_the_coordinator_is_asked(case, coach, coordinator) -> None:
    row = asked(case)
    for user, decides in ((coach, False), (coordinator, True)):
        shown = page(user, case)
        assert ("Votre décision est attendue" in shown) is decides
        assert (at("suspension_decide", case, row.pk) in shown) is decides
        assert (at("extension_grant", case) in shown) is decides
        assert "demandée" in shown
    assert "Si vous approuvez, l’échéance passe de 08/01/2026 à 05/02/2026, 28 jours de plus." in page(
        coordinator, case
    )
    shown = page(user_with(Role.ADMIN, case.organisation), case)
    assert "Certificat du 3 juin" in shown
    assert at("suspension_request", case) not in shown


def test_a_suspension_of_another_case_is_not_found_under_this_one(case, coach, coordinator) -> None:
    other = asked(stories.in_prehire(coach, since=START))
    visit = browser(coordinator)
    for name in ("suspension_decide", "suspension_end", "suspension_cancel"):
        assert visit.get(at(name, case, other.pk)).status_code == 404
        assert visit.post(at(name, case, other.pk), {}).status_code == 404


@pytest.mark.parametrize("rows", [2, 20])
def test_the_page_costs_the_same_whatever_the_number_of_rows(case, coach, coordinator, rows) -> None:
    for number in range(rows):
        first = START + timedelta(days=10 * number)
        approved(case, coordinator, starts_on=first, ends_on=first)
        grant_extension(case=case, months=1, reason="Motif", document="PV", on=today(), actor=coordinator)
    visit = browser(coordinator)
    assert statements(lambda: visit.get(at("case_clock", case))) <= 15


# --- asking -----------------------------------------------------------------------------------------------------------


def suspension(**fields):
    return {
        "reason": "ILLNESS",
        "starts_on": "3/6/2024",
        "ends_on": "30/6/2024",
        "evidence": "Certificat du 3 juin",
    } | fields


def test_a_request_is_written_and_moves_nothing_yet(case, coach) -> None:
    response = browser(coach).post(at("suspension_request", case), suspension(), follow=True)
    row = ClockSuspension.objects.get()
    assert (row.state, row.starts_on, row.ends_on) == ("REQUESTED", date(2024, 6, 3), date(2024, 6, 30))
    assert row.requested_by == coach
    assert deadline(case) == date(2026, 1, 8)
    assert "elle attend la décision de la coordination" in words(response)
    assert response.redirect_chain[0][0].endswith("/emploi/horloge/#suspensions")


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"starts_on": "7/1/2024", "ends_on": ""}, "starts_on", "Une suspension ne commence pas avant la pré-embauche"),
        ({"ends_on": "2/6/2024"}, "ends_on", "Le dernier jour précède le premier."),
        ({"evidence": " "}, "evidence", "Remplissez « Pièce qui le prouve »."),
        ({"starts_on": "31/2/2024"}, "starts_on", "n’existe pas dans le calendrier"),
        ({"reason": ""}, "reason", "Choisissez une réponse à « Motif »."),
    ],
)
def test_a_request_that_cannot_be_is_told_beside_its_field_and_keeps_what_was_typed(
    case, coach, typed, field, sentence
) -> None:
    response = browser(coach).post(at("suspension_request", case), suspension(**typed))
    assert sentence in error_beside(response, field)
    if field != "evidence":
        assert "Certificat du 3 juin" in words(response)
    assert not ClockSuspension.objects.exists()


def test_the_second_press_finds_the_days_taken(case, coach) -> None:
    visit = browser(coach)
    visit.post(at("suspension_request", case), suspension())
    again = visit.post(at("suspension_request", case), suspension())
    assert "Une suspension couvre déjà une partie de ces jours" in error_beside(again, "starts_on")
    assert ClockSuspension.objects.count() == 1


def test_the_effect_is_told_before_and_writes_nothing(case, coach) -> None:
    typed = suspension(evidence="", reason="", apercu="1")
    response = browser(coach).post(at("suspension_request", case), typed)
    shown = words(response)
    assert response.status_code == 200
    assert "08/01/2026" in shown
    assert "05/02/2026" in shown
    assert "28 jours de plus" in shown
    assert not ClockSuspension.objects.exists()
    nothing = browser(coach).post(at("suspension_request", case), suspension(starts_on="", apercu="1"))
    assert "Complétez ce qui fait bouger l’échéance" in words(nothing)
    wrong = browser(coach).post(at("suspension_request", case), suspension(starts_on="hum", apercu="1"))
    assert wrong.status_code == 422


# --- deciding ---------------------------------------------------------------------------------------------------------


def decision(**fields):
    return {"approved": "oui", "note": "", "on": "3/3/2025"} | fields


def test_the_decision_page_tells_the_old_and_the_new_deadline(case, coordinator) -> None:
    row = asked(case)
    shown = words(browser(coordinator).get(at("suspension_decide", case, row.pk)))
    assert "08/01/2026" in shown
    assert "05/02/2026" in shown
    assert "Certificat du 3 juin" in shown


def test_approving_moves_the_deadline_and_refusing_keeps_the_reason(case, coach, coordinator) -> None:
    visit = browser(coordinator)
    row = asked(case)
    response = visit.post(at("suspension_decide", case, row.pk), decision(), follow=True)
    assert "La suspension est approuvée" in words(response)
    assert deadline(case) == date(2026, 2, 5)

    other = asked(case, starts_on=date(2024, 9, 2), ends_on=date(2024, 9, 3))
    url = at("suspension_decide", case, other.pk)
    unsaid = visit.post(url, decision(approved="non"))
    assert "Un refus garde son motif." in error_beside(unsaid, "note")
    visit.post(url, decision(approved="non", note="Pièce illisible"))
    assert deadline(case) == date(2026, 2, 5)
    assert "Pièce illisible" in page(coach, case)


def test_what_is_decided_is_not_decided_again(case, coordinator) -> None:
    row = approved(case, coordinator)
    visit = browser(coordinator)
    url = at("suspension_decide", case, row.pk)
    assert "Cette suspension est déjà approuvée." in words(visit.get(url, follow=True))
    again = visit.post(url, decision(approved="non", note="Trop tard"))
    assert again.status_code == 422
    assert "Cette demande a déjà reçu une réponse." in words(again)


def test_a_day_that_has_not_come_decides_nothing(case, coordinator) -> None:
    response = browser(coordinator).post(at("suspension_decide", case, asked(case).pk), decision(on="4/3/2025"))
    assert "La date ne peut pas être dans le futur." in error_beside(response, "on")


# --- ending, cancelling, extending ------------------------------------------------------------------------------------


def test_the_last_day_is_given_once_known(case, coordinator) -> None:
    row = approved(case, coordinator, starts_on=date(2025, 2, 1), ends_on=None)
    assert deadline(case) is None
    visit, url = browser(coordinator), at("suspension_end", case, row.pk)
    shown = words(visit.get(url))
    assert "08/02/2026" in shown  # as if it ended today
    assert "l’échéance est de nouveau connue" in shown
    early = visit.post(url, {"ends_on": "31/1/2025"})
    assert "Le dernier jour précède le premier." in error_beside(early, "ends_on")
    visit.post(url, {"ends_on": "10/2/2025"})
    assert deadline(case) == date(2026, 1, 18)


def test_a_cancelled_suspension_stays_to_be_seen(case, coach, coordinator) -> None:
    row = approved(case, coordinator)
    visit, url = browser(coordinator), at("suspension_cancel", case, row.pk)
    shown = words(visit.get(url))
    assert "05/02/2026" in shown
    assert "28 jours de moins" in shown
    assert "Remplissez" in error_beside(visit.post(url, {"on": "3/3/2025", "reason": ""}), "reason")
    visit.post(url, {"on": "3/3/2025", "reason": "Mauvaise personne"})
    assert deadline(case) == date(2026, 1, 8)
    assert "Mauvaise personne" in page(coach, case)
    assert "Cette suspension est déjà annulée." in words(visit.get(url, follow=True))


def extension(**fields):
    return {
        "months": "3",
        "reason": "Grossesse pendant l’accompagnement",
        "document": "PV du 28 février",
        "granted_on": "3/3/2025",
    } | fields


def test_an_extension_tells_the_deadline_by_its_length_then_lengthens(case, coach, coordinator) -> None:
    visit, url = browser(coordinator), at("extension_grant", case)
    shown = words(visit.get(url))
    assert "L’échéance selon la durée" in shown
    for months in ("08/02/2026", "08/04/2026", "08/07/2026", "08/01/2027"):
        assert months in shown
    preview = words(visit.post(url, {"months": "4", "apercu": "1"}))
    assert "08/05/2026" in preview
    assert not ClockExtension.objects.exists()
    visit.post(url, extension())
    assert deadline(case) == date(2026, 4, 8)
    assert "PV du 28 février" in page(coach, case)


def test_the_same_extension_is_not_granted_from_two_tabs(case, coordinator) -> None:
    visit, url = browser(coordinator), at("extension_grant", case)
    assert 'name="already_granted" value="0"' in words(visit.get(url))
    visit.post(url, extension(already_granted="0"))
    again = visit.post(url, extension(already_granted="0"))
    assert again.status_code == 422
    assert "Une prolongation vient d’être accordée." in words(again)
    assert ClockExtension.objects.count() == 1
    visit.post(url, extension(already_granted="1"))
    assert ClockExtension.objects.count() == 2


def test_somebody_who_comes_back_with_every_day_used_needs_an_extension_to_begin(coach, coordinator, frozen) -> None:
    case = stories.in_prehire(coach, since=date(2023, 3, 3))
    exit_case(case=case, on=today(), exit_reason="WITHDRAWAL", exit_outcome="JOB_SEEKING", actor=coach)
    frozen("2025-04-07")
    new = open_case(beneficiary=case.beneficiary, opening=CaseOpening(coach=coach, opened_on=today()), actor=coach)
    new = stories.made_ready(new)
    opening = reverse("beneficiaries:case_prehire", args=[new.pk])
    refused = browser(coach).post(opening, {"on": "7/4/2025"})
    assert refused.status_code == 422
    assert "demandez une prolongation à la coordination" in words(refused)
    assert at("extension_grant", new) in page(coordinator, new)
    assert "06/10/2025" in words(browser(coordinator).get(at("extension_grant", new)))
    browser(coordinator).post(at("extension_grant", new), extension(months="6", granted_on="7/4/2025"))
    assert browser(coach).post(opening, {"on": "7/4/2025"}).status_code == 302
    assert deadline(new) == date(2025, 10, 6)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"months": "0"}, "months"),
        ({"months": "25"}, "months"),
        ({"months": ""}, "months"),
        ({"reason": " "}, "reason"),
        ({"document": ""}, "document"),
        ({"granted_on": "4/3/2025"}, "granted_on"),
        ({"granted_on": "7/1/2024"}, "granted_on"),
    ],
)
def test_an_extension_that_cannot_be(case, coordinator, typed, field) -> None:
    response = browser(coordinator).post(at("extension_grant", case), extension(**typed))
    assert error_beside(response, field)
    assert not ClockExtension.objects.exists()


def test_a_coach_decides_nothing_and_a_stranger_finds_nothing(case, coach) -> None:
    row = asked(case)
    urls = [at(name, case, row.pk) for name in ("suspension_decide", "suspension_end", "suspension_cancel")]
    urls.append(at("extension_grant", case))
    stranger = user_with(Role.COORDINATOR)
    stories.in_prehire(stories.a_coach(stranger.current_organisation))
    for url in urls:
        assert browser(coach).get(url).status_code == 403
        assert browser(coach).post(url, decision() | extension()).status_code == 403
        assert browser(stranger).get(url).status_code == 404
    assert browser(stranger).get(at("case_clock", case)).status_code == 404
    assert browser(stranger).post(at("suspension_request", case), suspension()).status_code == 404
    row.refresh_from_db()
    assert row.state == "REQUESTED"
