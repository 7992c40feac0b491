"""The tab « Emploi » and the pages of its acts: what they show, offer and refuse, and to whom they open."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import exit_case
from employers.models import CompanyContact
from employers.services.companies import save_company_person
from foundation.clock import today
from placements.models import Employment, FollowUpAgreement, Match
from placements.services.hiring import FollowUpTerms, Terms, agree_followup, cancel_hiring, end_employment, hire
from placements.services.matching import propose_match
from tests.employers.pages import browser, error_beside, statements, words
from tests.factories.accounts import user_with
from tests.factories.stories import (
    a_case,
    a_coach,
    a_company,
    a_vacancy,
    an_accepted_match,
    hired,
    in_followup,
    in_prehire,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped(frozen):
    """Every story is told on Monday 3 March 2025."""


@pytest.fixture
def coach():
    return a_coach()


def day(number):
    return today() + timedelta(days=number)


def shown(number):
    return f"{day(number):%d/%m/%Y}"


def at(name, case, *keys, **query):
    address = reverse(f"placements:{name}", args=[case.pk, *keys])
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else address


def tab(visit, case):
    return words(visit.get(at("case_jobs", case)))


def proposed(case, vacancy=None):
    vacancy = vacancy or a_vacancy(case.coach)
    return propose_match(case=case, vacancy=vacancy, on=today(), rationale="Aime l’ordre.", actor=case.coach)


def contract(**fields):
    """A contract as the form sends it: a permanent one from today, its follow-up agreed."""
    base = {
        "job_title": "Magasinier·ère",
        "contract_type": "CDI",
        "starts_on": shown(0),
        "ends_on": "",
        "weekly_hours": "38",
        "origin": "PERSON",
        "mode": "AGREED",
        "agreed_on": shown(0),
    }
    return base | fields


def phase(case):
    return CoachingCase.objects.get(pk=case.pk).open_spell().phase


# --- the tab


def test_before_pre_hire_the_tab_says_what_to_do_and_offers_only_to_tell(coach):
    page = tab(browser(coach), a_case(coach))

    assert "Complétez d’abord l’éligibilité" in page
    assert "Enregistrer l’embauche" not in page
    assert "Enregistrer un contrat commencé avant" in page


def test_in_pre_hire_a_job_can_be_proposed_and_somebody_engaged(coach):
    page = tab(browser(coach), in_prehire(coach))

    assert "Proposer un poste" in page
    assert "Enregistrer l’embauche" in page
    assert "Aucun poste proposé" in page


def test_each_proposal_offers_the_act_that_it_waits_for(coach):
    case, visit = in_prehire(coach), browser(coach)
    match = proposed(case)
    assert at("person_decision", case, match.pk) in tab(visit, case)
    assert "après la personne" in tab(visit, case)

    visit.post(at("person_decision", case, match.pk), {"decision": "ACCEPTED", "on": shown(0)})
    assert at("employer_decision", case, match.pk) in tab(visit, case)
    assert at("person_decision", case, match.pk) not in tab(visit, case)

    visit.post(at("employer_decision", case, match.pk), {"decision": "ACCEPTED", "on": shown(0)})
    assert at("hire", case, adequation=match.pk) in tab(visit, case)


def test_contracts_are_shown_by_what_became_of_them(coach):
    case, visit = in_prehire(coach, since=day(-60)), browser(coach)
    past = hired(case, starts_on=day(-40), contract_type="CDD", ends_on=day(-20))
    end_employment(employment=past, ended_on=day(-25), reason="RESIGNATION", actor=coach)
    hired(case, starts_on=day(-10), contract_type="CDD", ends_on=day(10))
    planned = hired(case, starts_on=day(11))
    called_off = hired(case, starts_on=day(5))
    cancel_hiring(employment=called_off, on=today(), reason="Renonce.", actor=coach)

    page = tab(visit, case)

    assert f"du {shown(-40)} au {shown(-25)}" in page
    assert "Motif de fin : démission." in page
    assert f"du {shown(-10)} au {shown(10)} (prévu)" in page
    assert "Premier jour dans 11 jours." in page
    assert f"Annulé le {shown(0)}, avant le premier jour." in page
    assert at("hiring_cancel", case, planned.pk) in page
    assert at("employment_end", case, past.pk) not in page
    assert at("hiring_cancel", case, called_off.pk) not in page


def test_a_term_that_passed_asks_how_it_ended(coach, frozen):
    case = in_prehire(coach, since=day(-60))
    employment = hired(case, starts_on=day(-40), contract_type="CDD", ends_on=day(5))
    frozen(day(6))

    page = tab(browser(coach), case)

    assert "dites comment le contrat s’est terminé, ou renouvelez-le" in page
    assert at("employment_end", case, employment.pk) in page
    assert at("return_to_prehire", case) in page


def test_once_the_24_months_are_used_up_nothing_is_proposed(coach, frozen):
    frozen("2023-03-03")
    case = in_prehire(coach, since=today())
    frozen("2025-03-03")

    page = tab(browser(coach), case)

    assert "Les 24 mois d’accompagnement sont épuisés" in page
    assert "Demander une prolongation" in page
    assert at("case_adequacy", case) not in page


def test_a_closed_case_offers_only_to_tell_what_took_place(coach):
    case = in_followup(coach)
    exit_case(case=case, on=today(), exit_reason="NO_NEWS", exit_outcome="UNKNOWN", actor=coach)
    visit, job = browser(coach), Employment.objects.get()
    page = tab(visit, case)

    assert "Ce dossier est sorti" in page
    assert "Enregistrer l’embauche" not in page
    assert "Enregistrer un contrat commencé avant" in page
    assert at("employment_end", case, job.pk) in page
    typed = {"ended_on": f"{today() - timedelta(days=2):%d/%m/%Y}", "reason": "RESIGNATION"}
    assert visit.post(at("employment_end", case, job.pk), typed).status_code == 302
    assert "démission" in tab(visit, case)


def test_nobody_came_is_said_on_the_contract_that_runs(coach):
    case = in_followup(coach)
    visit, job = browser(coach), Employment.objects.get()

    assert "Personne n’est venu" in tab(visit, case)
    assert "aucun jour n’est compté" in words(visit.get(at("hiring_cancel", case, job.pk)))
    typed = {"on": f"{today():%d/%m/%Y}", "reason": "Jamais venue"}
    assert visit.post(at("hiring_cancel", case, job.pk), typed).status_code == 302
    page = tab(visit, case)
    assert "personne n’est venu. Motif : Jamais venue" in page
    assert phase(case) == "PRE_HIRE"


@pytest.mark.parametrize("mode", ["DISCREET", "REFUSED"])
def test_a_hidden_follow_up_offers_no_way_to_reach_the_employer(coach, mode):
    case, firm = in_prehire(coach), a_company(coach, phone="087 11 11 11", email="firme@example.org")
    person = save_company_person(
        person=CompanyContact(company=firm), actor=coach, name="Dominique", phone="0470 22 22 22", is_reference=True
    )
    employment = hired(case, company=firm)
    agree_followup(
        employment=employment,
        followup=FollowUpTerms(mode="AGREED", agreed_on=today(), contact=person),
        actor=coach,
    )
    assert "tel:+32470222222" in tab(browser(coach), case)

    agree_followup(
        employment=employment, followup=FollowUpTerms(mode=mode, agreed_on=today(), reason="Non"), actor=coach
    )

    page = tab(browser(coach), case)
    for reach in ("470222222", "0470 22 22 22", "087 11 11 11", "firme@example.org", "Dominique"):
        assert reach not in page


def test_the_tab_costs_the_same_with_two_jobs_and_with_twenty(coach):
    case, visit = in_prehire(coach, since=day(-60)), browser(coach)

    def live(first, last):
        for number in range(first, last):
            match = an_accepted_match(case)
            hire(
                case=case,
                company=match.vacancy.company,
                match=match,
                terms=Terms(contract_type="INTERIM", job_title="Aide", starts_on=day(-number), ends_on=day(-number)),
                followup=FollowUpTerms(mode="AGREED", agreed_on=today()),
                actor=coach,
            )

    live(0, 2)
    few = statements(lambda: visit.get(at("case_jobs", case)))
    live(2, 20)

    assert few == statements(lambda: visit.get(at("case_jobs", case))) <= 15


# --- proposing and deciding


def test_a_job_is_proposed_from_the_comparison(coach):
    case, vacancy, visit = in_prehire(coach), a_vacancy(coach), browser(coach)
    address = at("match_create", case, poste=vacancy.pk)
    assert f'value="{vacancy.pk}" id="id_vacancy_chosen" checked' in words(visit.get(address))

    page = words(
        visit.post(address, {"vacancy": vacancy.pk, "rationale": "Aime l’ordre.", "proposed_on": shown(0)}, follow=True)
    )

    assert "C’est à la personne de dire ce qu’elle en pense." in page
    assert Match.objects.get().vacancy == vacancy


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"rationale": ""}, "rationale", "Remplissez"),
        ({"proposed_on": "04/03/2025"}, "proposed_on", "futur"),
        ({"vacancy": ""}, "vacancy", "Choisissez"),
        ({"vacancy": str(uuid4())}, "vacancy", "n’est plus ouvert"),
    ],
)
def test_a_wrong_proposal_is_told_beside_its_field(coach, fields, field, sentence):
    case, vacancy = in_prehire(coach), a_vacancy(coach)
    sent = {"vacancy": vacancy.pk, "rationale": "Aime l’ordre.", "proposed_on": shown(0)} | fields

    response = browser(coach).post(at("match_create", case), sent)

    assert sentence in error_beside(response, field)
    assert not Match.objects.exists()


def test_a_proposal_sent_twice_is_written_once_with_a_sentence(coach):
    case, vacancy, visit = in_prehire(coach), a_vacancy(coach), browser(coach)
    a_vacancy(coach)
    sent = {"vacancy": vacancy.pk, "rationale": "Aime l’ordre.", "proposed_on": shown(0)}

    visit.post(at("match_create", case), sent)
    second = visit.post(at("match_create", case), sent)

    assert "déjà été proposé" in error_beside(second, "vacancy")
    assert Match.objects.count() == 1


def test_another_organisation_s_job_is_not_offered(coach):
    case, foreign = in_prehire(coach), a_vacancy(a_coach(), title="Poste étranger")
    a_vacancy(coach)

    assert "Poste étranger" not in words(browser(coach).get(at("match_create", case)))
    assert "Poste étranger" not in words(browser(coach).get(at("case_adequacy", case)))
    sent = {"vacancy": foreign.pk, "rationale": "x", "proposed_on": shown(0)}
    assert error_beside(browser(coach).post(at("match_create", case), sent), "vacancy")


def test_without_any_job_to_propose_one_says_so(coach):
    assert "Aucun poste à proposer" in words(browser(coach).get(at("match_create", in_prehire(coach))))


def test_a_refusal_without_its_reason_is_told_beside_the_field(coach):
    case = in_prehire(coach)
    match = proposed(case)

    response = browser(coach).post(at("person_decision", case, match.pk), {"decision": "REFUSED", "on": shown(0)})

    assert "Un refus garde son motif." in error_beside(response, "reason")
    match.refresh_from_db()
    assert match.person_decision == "PENDING"


def test_the_employer_is_not_asked_before_the_person(coach):
    case = in_prehire(coach)
    match = proposed(case)

    response = browser(coach).post(at("employer_decision", case, match.pk), {"decision": "ACCEPTED", "on": shown(0)})

    assert response.status_code == 422
    assert "La personne décide d’abord" in words(response)


def test_the_proposal_of_another_case_is_not_found(coach):
    match = proposed(in_prehire(coach))

    assert browser(coach).get(at("person_decision", in_prehire(coach), match.pk)).status_code == 404


# --- engaging


def test_engaging_from_a_proposal_fills_in_what_it_says(coach):
    case = in_prehire(coach)
    match = an_accepted_match(
        case, a_vacancy(coach, title="Aide-boulanger·ère", contract_type="CDI", weekly_hours="19")
    )
    page = words(browser(coach).get(at("hire", case, adequation=match.pk)))

    assert 'value="Aide-boulanger·ère"' in page
    assert 'value="CDI" selected' in page
    assert 'value="19"' in page
    assert match.vacancy.company.name in page
    assert "s’arrête le premier jour de travail : CDI, CDD, intérim." in page


def test_engaging_starts_follow_up_stops_the_clock_and_says_so(coach):
    case = in_prehire(coach)
    match = an_accepted_match(case)

    response = browser(coach).post(at("hire", case, adequation=match.pk), contract(fill_vacancy="on"), follow=True)

    page = words(response)
    assert "l’horloge des 24 mois est arrêtée, le suivi en entreprise court jusqu’au 02/09/2025." in page
    employment = Employment.objects.get()
    assert (employment.match, employment.origin, phase(case)) == (match, "OURS", "FOLLOW_UP")
    match.vacancy.refresh_from_db()
    assert match.vacancy.state == "FILLED"


def test_a_job_from_elsewhere_asks_the_firm_first_then_where_it_came_from(coach):
    case, firm, visit = in_prehire(coach), a_company(coach, name="Garage exemple"), browser(coach)

    page = words(visit.get(at("hire", case)))
    assert "Un emploi qui ne vient pas d’une proposition" in page
    assert "/entreprises/nouvelle/?next=" in page
    assert "Garage exemple" in words(
        visit.get(at("hire", case, **{"entreprise-mots": "gar", "chercher": "entreprise"}))
    )

    response = visit.post(at("hire", case, entreprise=firm.pk), contract(origin=""))
    assert "Choisissez une réponse à « D’où vient cet emploi ? »" in words(response)
    visit.post(at("hire", case, entreprise=firm.pk), contract(origin="UNION"))
    employment = Employment.objects.get()
    assert (employment.company, employment.origin) == (firm, "UNION")


def test_a_job_that_begins_later_is_told_with_its_day(coach):
    case, firm = in_prehire(coach), a_company(coach)

    response = browser(coach).post(
        at("hire", case, entreprise=firm.pk), contract(starts_on=shown(9), mode="LATER"), follow=True
    )

    assert "Premier jour le 12/03/2025 : l’horloge s’arrêtera ce jour-là." in words(response)
    assert phase(case) == "HIRE"
    assert not FollowUpAgreement.objects.exists()


def test_a_follow_up_left_for_later_is_asked_for(coach):
    case, firm = in_prehire(coach), a_company(coach)

    page = words(browser(coach).post(at("hire", case, entreprise=firm.pk), contract(mode="LATER"), follow=True))

    assert "Il reste à convenir du suivi avec la personne" in page
    assert at("followup_agree", case, Employment.objects.get().pk) in page


def test_training_is_recorded_and_says_that_nothing_moves(coach):
    case, firm = in_prehire(coach), a_company(coach)
    sent = contract(contract_type="STAGE", ends_on=shown(20), mode="LATER")

    page = words(browser(coach).post(at("hire", case, entreprise=firm.pk), sent, follow=True))

    assert "n’arrête pas l’horloge et n’ouvre pas de suivi" in page
    assert phase(case) == "PRE_HIRE"


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"contract_type": "CDD", "ends_on": "02/03/2025"}, "ends_on", "Le dernier jour précède le premier."),
        ({"contract_type": "STAGE"}, "ends_on", "Ce type de contrat a un dernier jour."),
        ({"ends_on": "01/04/2025"}, "ends_on", "Un CDI n’a pas de dernier jour prévu."),
        ({"starts_on": "04/03/2026"}, "starts_on", "à plus d’un an d’ici"),
        ({"starts_on": "30/02/2025"}, "starts_on", "n’existe pas"),
        ({"weekly_hours": "60"}, "weekly_hours", "50"),
        ({"job_title": ""}, "job_title", "Remplissez"),
        ({"mode": ""}, "mode", "Choisissez"),
        ({"agreed_on": "04/03/2025"}, "agreed_on", "futur"),
    ],
)
def test_a_wrong_contract_is_told_beside_its_field_and_nothing_is_lost(coach, fields, field, sentence):
    case, firm = in_prehire(coach), a_company(coach)

    response = browser(coach).post(at("hire", case, entreprise=firm.pk), contract(terms="Le mardi à midi.", **fields))

    assert sentence in error_beside(response, field)
    assert "Le mardi à midi." in words(response)
    assert not Employment.objects.exists()
    assert phase(case) == "PRE_HIRE"


def test_a_double_click_on_engage_writes_once_and_says_so(coach):
    case, firm, visit = in_prehire(coach), a_company(coach), browser(coach)
    address = at("hire", case, entreprise=firm.pk)

    visit.post(address, contract())
    second = visit.post(address, contract(), follow=True)

    assert second.status_code == 200
    assert "Ce contrat est déjà enregistré : rien n’a été écrit deux fois." in words(second)
    assert Employment.objects.count() == FollowUpAgreement.objects.count() == 1


def test_the_same_contract_typed_again_another_day_is_refused_in_the_form(coach, frozen):
    case, firm = in_prehire(coach), a_company(coach)
    address, sent = at("hire", case, entreprise=firm.pk), contract()
    browser(coach).post(address, sent)
    frozen(day(1))

    response = browser(coach).post(address, sent)

    assert "rien n’a été écrit deux fois" in error_beside(response, "starts_on")
    assert Employment.objects.count() == 1


def test_another_organisation_s_firm_or_proposal_engages_nobody(coach):
    case, stranger = in_prehire(coach), a_coach()
    firm = a_company(stranger, name="Firme étrangère")
    match = an_accepted_match(in_prehire(stranger))

    for address in (at("hire", case, entreprise=firm.pk), at("hire", case, adequation=match.pk)):
        page = words(browser(coach).post(address, contract()))
        assert "Un emploi qui ne vient pas d’une proposition" in page
        assert "Firme étrangère" not in page
    assert not Employment.objects.exists()


def test_a_proposal_not_accepted_yet_engages_nobody(coach):
    case = in_prehire(coach)
    match = proposed(case)

    browser(coach).post(at("hire", case, adequation=match.pk), contract())

    assert not Employment.objects.exists()


def test_a_contract_is_renewed_from_the_day_after_keeping_its_origin(coach):
    case = in_prehire(coach, since=day(-60))
    match = an_accepted_match(case)
    employment = hire(
        case=case,
        company=match.vacancy.company,
        match=match,
        terms=Terms(contract_type="CDD", job_title="Aide", starts_on=day(-20), ends_on=day(5)),
        followup=FollowUpTerms(mode="AGREED", agreed_on=today()),
        actor=coach,
    )
    address = at("hire", case, contrat=employment.pk)
    assert f'value="{shown(6)}"' in words(browser(coach).get(address))

    browser(coach).post(address, contract(starts_on=shown(6), mode="LATER"))

    renewed = Employment.objects.get(contract_type="CDI")
    assert (renewed.match, renewed.origin, renewed.company) == (match, "OURS", employment.company)
    assert phase(case) == "FOLLOW_UP"


def test_a_discreet_follow_up_keeps_nobody_to_call(coach):
    case, firm = in_prehire(coach), a_company(coach)
    person = save_company_person(person=CompanyContact(company=firm), actor=coach, name="Dominique")

    browser(coach).post(at("hire", case, entreprise=firm.pk), contract(mode="DISCREET", contact=person.pk))

    agreement = FollowUpAgreement.objects.get()
    assert (agreement.mode, agreement.contact) == ("DISCREET", None)


# --- what becomes of a contract


def test_the_follow_up_is_agreed_later(coach):
    case, firm = in_prehire(coach), a_company(coach)
    employment = hire(
        case=case,
        company=firm,
        terms=Terms(contract_type="CDI", job_title="Aide", starts_on=day(-2)),
        actor=coach,
    )

    page = words(
        browser(coach).post(
            at("followup_agree", case, employment.pk),
            {"mode": "REFUSED", "agreed_on": shown(0), "reason": "Non"},
            follow=True,
        )
    )

    assert "Le refus du suivi est noté" in page
    assert phase(case) == "FOLLOW_UP"


def test_a_planned_first_day_is_confirmed(coach, frozen):
    case = in_prehire(coach)
    employment = hired(case, starts_on=day(3))
    visit = browser(coach)
    assert at("start_confirm", case, employment.pk) not in tab(visit, case)
    frozen(day(3))
    visit = browser(coach)
    assert at("start_confirm", case, employment.pk) in tab(visit, case)

    visit.post(at("start_confirm", case, employment.pk))

    assert phase(case) == "FOLLOW_UP"


def test_the_end_of_a_job_says_the_days_left_before_and_after(coach):
    case, visit = in_followup(coach, since=day(-20), prehire_since=day(-80)), browser(coach)
    address = at("employment_end", case, case.employments.get().pk)
    assert "il lui reste 670 jours" in words(visit.get(address))

    page = words(visit.post(address, {"ended_on": shown(-1), "reason": "DISMISSAL"}, follow=True))

    assert "retour en pré-embauche le 03/03/2025, avec 670 jours devant soi." in page
    assert phase(case) == "PRE_HIRE"


def test_with_another_job_the_end_says_that_the_case_stays(coach):
    case = in_followup(coach, since=day(-20), prehire_since=day(-80))
    first = case.employments.get()
    hired(case, starts_on=day(2))

    assert "le dossier reste en suivi en entreprise" in words(browser(coach).get(at("employment_end", case, first.pk)))


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"ended_on": "01/01/2025"}, "ended_on", "Le dernier jour précède le premier."),
        ({"ended_on": "04/03/2026"}, "ended_on", "à plus d’un an d’ici"),
        ({"reason": ""}, "reason", "Choisissez"),
        ({"reason": "TERM"}, "reason", "TERM"),
    ],
)
def test_a_wrong_end_is_told_beside_its_field(coach, fields, field, sentence):
    case = in_followup(coach)
    sent = {"ended_on": shown(-1), "reason": "DISMISSAL"} | fields

    response = browser(coach).post(at("employment_end", case, case.employments.get().pk), sent)

    assert sentence in error_beside(response, field)
    assert phase(case) == "FOLLOW_UP"


def test_an_end_sent_twice_is_written_once_with_a_sentence(coach):
    case, visit = in_followup(coach), browser(coach)
    address = at("employment_end", case, case.employments.get().pk)
    sent = {"ended_on": shown(-1), "reason": "DISMISSAL"}

    visit.post(address, sent)
    second = visit.post(address, sent)

    assert second.status_code == 422
    assert "La fin de ce contrat est déjà enregistrée." in words(second)


def test_a_hiring_is_called_off_with_its_reason(coach):
    case, visit = in_prehire(coach), browser(coach)
    employment = hired(case, starts_on=day(5))
    address = at("hiring_cancel", case, employment.pk)

    refused = visit.post(address, {"on": shown(0), "reason": ""})
    assert error_beside(refused, "reason")

    page = words(visit.post(address, {"on": shown(0), "reason": "L’employeur renonce."}, follow=True))
    assert "L’embauche est annulée, avec son motif." in page
    assert phase(case) == "PRE_HIRE"


def test_one_comes_back_to_pre_hire_once_a_notice_is_over(coach, frozen):
    case = in_followup(coach)
    end_employment(employment=case.employments.get(), ended_on=day(10), reason="RESIGNATION", actor=coach)
    early = browser(coach).post(at("return_to_prehire", case), {"on": shown(0), "reason": "Préavis."})
    assert "Un contrat court encore" in error_beside(early, "on")
    frozen(day(14))
    visit = browser(coach)
    assert f'value="{shown(-3)}"' in words(visit.get(at("return_to_prehire", case)))

    visit.post(at("return_to_prehire", case), {"on": shown(-3), "reason": "Préavis terminé."})

    assert phase(case) == "PRE_HIRE"


# --- who may


def addresses(case, employment, match):
    return [
        at("match_create", case),
        at("person_decision", case, match.pk),
        at("employer_decision", case, match.pk),
        at("hire", case),
        at("followup_agree", case, employment.pk),
        at("start_confirm", case, employment.pk),
        at("employment_end", case, employment.pk),
        at("hiring_cancel", case, employment.pk),
        at("return_to_prehire", case),
    ]


@pytest.fixture
def told(coach):
    """A case with a proposal and a contract."""
    case = in_prehire(coach)
    match = proposed(case)
    return case, hired(case), match


def test_another_organisation_s_case_does_not_exist(coach, told):
    stranger = a_coach()
    hired(in_prehire(stranger))
    visit = browser(stranger)

    for address in [*addresses(*told), at("case_jobs", told[0]), at("case_adequacy", told[0])]:
        assert visit.get(address).status_code == 404
    for address in addresses(*told):
        assert visit.post(address, contract()).status_code == 404


def test_a_colleague_and_an_admin_read_and_are_refused_every_act(coach, told):
    organisation = coach.current_organisation
    colleague = a_coach(organisation)
    hired(in_prehire(colleague))

    for reader in (colleague, user_with(Role.ADMIN, organisation)):
        visit = browser(reader)
        page = tab(visit, told[0])
        assert "Magasinier·ère" in page
        assert not [address for address in addresses(*told) if f'href="{address}' in page]
        for address in addresses(*told):
            assert visit.get(address).status_code == 403
            assert visit.post(address, contract()).status_code == 403


def test_a_coordinator_serves_every_case(coach, told):
    visit = browser(user_with(Role.COORDINATOR, coach.current_organisation))

    assert at("employment_end", told[0], told[1].pk) in tab(visit, told[0])
    for address in addresses(*told):
        assert visit.get(address).status_code == 200


def test_a_contract_of_another_case_is_not_found(coach, told):
    address = at("employment_end", in_prehire(coach), told[1].pk)

    assert browser(coach).get(address).status_code == 404


def test_an_analyst_sees_nothing(coach, told):
    assert browser(user_with(Role.ANALYST, coach.current_organisation)).get(at("case_jobs", told[0])).status_code == 404


def test_every_page_of_an_act_stays_within_fifteen_statements(coach, told):
    case, employment, _match = told
    accepted = an_accepted_match(case)
    visit = browser(coach)
    pages = [
        *addresses(case, employment, accepted),
        at("hire", case, adequation=accepted.pk),
        at("hire", case, contrat=employment.pk),
        at("hire", case, entreprise=employment.company_id),
    ]

    costs = {page: statements(lambda page=page: visit.get(page)) for page in pages}

    assert {page: cost for page, cost in costs.items() if cost > 15} == {}
