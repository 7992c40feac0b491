"""The page of a contract: terms of a day, amendments, temporary unemployment, origin, joint committee."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import NotAllowed
from accounts.registries import takables
from accounts.services.taking_back import TakeBackRefused, take_back
from beneficiaries.models import CoachingCase
from employers.models import Company
from followup.selectors.timeline import timeline_of
from foundation.clock import today
from foundation.persistence import InvalidFact
from inspection.file.facts import whole_facts
from inspection.file.work import jobs as jobs_section
from placements import migrations
from placements.models import Employment, TemporaryUnemployment
from placements.selectors.clocks import clock_facts
from placements.selectors.discretion import hidden_among
from placements.selectors.terms import proposed_by
from placements.services.corrections import tell_origin
from placements.services.guards import PlacementRefused
from placements.services.hiring import FollowUpTerms, Terms, hire
from placements.services.idleness import IdleDays, end_idleness, record_idleness
from tests.employers.pages import browser, error_beside, words
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, a_company, an_accepted_match, hired, in_prehire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def day(offset):
    return today() + timedelta(days=offset)


def shown(offset):
    return f"{day(offset):%d/%m/%Y}"


@pytest.fixture
def coach():
    return a_coach()


@pytest.fixture
def job(coach):
    case = in_prehire(coach, since=day(-60))
    return hired(case, starts_on=day(-30), ends_on=day(90), contract_type="CDD")


def at(name, job, *more, **query):
    return reverse(f"placements:{name}", args=[job.case_id, job.pk, *more], query=query)


def idle(job, first, last=None, **told):
    known = {"kind": "ECONOMIC", "starts_on": day(first), "ends_on": None if last is None else day(last)}
    return record_idleness(
        employment=job, stated=IdleDays(**(known | {"learnt_on": today()} | told)), actor=job.case.coach
    )


# --- temporary unemployment


def test_temporary_unemployment_moves_no_clock_and_says_so(job):
    before = clock_facts(CoachingCase.objects.get(pk=job.case_id))
    idle(job, -10, 20, partial=True)
    after = clock_facts(CoachingCase.objects.get(pk=job.case_id))
    assert (after.prehire(today()), after.windows()) == (before.prehire(today()), before.windows())
    page = words(browser(job.case.coach).get(at("contract", job)))
    assert "le contrat continue : l’horloge des 24 mois reste arrêtée, aucun jour n’est perdu" in page
    assert "Causes économiques (partiel)" in page
    assert f"du {shown(-10)} au {shown(20)}" in page
    tab = words(browser(job.case.coach).get(reverse("placements:case_jobs", args=[job.case_id])))
    assert f"Chômage temporaire (causes économiques) depuis le {shown(-10)}" in tab


@pytest.mark.parametrize(("first", "last", "field"), [(-31, 0, "starts_on"), (0, 91, "ends_on"), (5, 4, "ends_on")])
def test_the_contract_covers_the_days(job, first, last, field):
    with pytest.raises(PlacementRefused) as refused:
        idle(job, first, last)
    assert refused.value.field == field


def test_no_day_is_told_twice(job):
    idle(job, -10, 0)
    with pytest.raises(InvalidFact):
        idle(job, 0)
    assert TemporaryUnemployment.objects.count() == 1


def test_its_last_day_is_told_later_and_it_is_taken_back_with_a_reason(job, coach):
    row = idle(job, -10)
    assert end_idleness(row=row, ends_on=day(-1), actor=coach).ends_on == day(-1)
    take_back(kind=takables["chomage"], row=row, reason="Autre contrat", actor=coach)
    with pytest.raises(TakeBackRefused, match="vient d’être retiré"):
        end_idleness(row=row, ends_on=day(-2), actor=coach)
    idle(job, -10)


def test_the_thread_and_the_inspection_file_tell_it(job, coach):
    idle(job, -10, 20)
    browser(coach).post(
        at("amend", job),
        {"effective_on": shown(-5), "learnt_on": shown(0), "weekly_hours": "19", "note": "Dès lundi"},
    )
    case = CoachingCase.objects.get(pk=job.case_id)
    titles = {event.item.title: event.item.details for event in timeline_of(case, None, coach, today()).events}
    assert titles[f"Chômage temporaire chez {job.company.name} (causes économiques)"][-1] == (
        "le contrat continue, l’horloge reste arrêtée"
    )
    assert titles[f"Avenant au contrat chez {job.company.name}"] == ["19 h par semaine"]
    codes = {table.code for table in jobs_section(whole_facts(case, today())).tables}
    assert {"amendments", "temporary-unemployment"} <= codes


# --- amendments on the page


def test_the_page_shows_the_terms_of_the_day_asked(job, coach):
    visit = browser(coach)
    visit.post(
        at("amend", job),
        {"effective_on": shown(-5), "learnt_on": shown(0), "weekly_hours": "19", "ends_on": shown(120)},
    )
    now, then = (words(visit.get(at("contract", job, **query))) for query in ({}, {"le": f"{day(-6):%Y-%m-%d}"}))
    assert "<dd>19</dd>" in now
    assert f"<dd>{shown(120)}" in now
    assert f"signé jusqu’au {shown(90)}" in now
    assert "<dd>pas notées</dd>" in then
    assert f"<dd>{shown(90)}" in then


def test_a_refused_amendment_is_said_beside_its_field(job, coach):
    visit = browser(coach)
    late = visit.post(at("amend", job), {"effective_on": shown(92), "learnt_on": shown(0), "weekly_hours": "19"})
    assert "enregistrez un nouveau contrat" in error_beside(late, "effective_on")
    empty = visit.post(at("amend", job), {"effective_on": shown(0), "learnt_on": shown(0)})
    assert "Dites ce que l’avenant change." in words(empty)


# --- where the job came from


def test_an_unknown_origin_is_told_once_then_corrected_by_a_coordinator(job, coach):
    page = words(browser(coach).get(at("contract", job)))
    assert "inconnu, à préciser" in page
    tell_origin(employment=job, origin="PRESS", actor=coach)
    assert Employment.objects.get(pk=job.pk).origin == "PRESS"
    with pytest.raises(PlacementRefused, match="déjà notée"):
        tell_origin(employment=job, origin="PERSON", actor=coach)
    with pytest.raises(NotAllowed):
        tell_origin(employment=job, origin="PERSON", actor=a_coach())


def test_the_upgrade_tells_what_a_match_tells_and_nothing_else(coach):
    case = in_prehire(coach)
    match = an_accepted_match(case)
    terms = Terms(contract_type="CDD", job_title="Tri", starts_on=today(), ends_on=day(30))
    ours = hire(case=case, company=match.vacancy.company, match=match, terms=terms, actor=coach)
    alone = hired(in_prehire(coach))
    Employment.objects.update(origin="UNKNOWN")
    name = next(Path(migrations.__path__[0]).glob("*_contracts_as_they_change.py")).stem
    import_module(f"placements.migrations.{name}").tell_what_a_match_tells(apps, None)
    found = dict(Employment.objects.values_list("pk", "origin"))
    assert found == {ours.pk: "OURS", alone.pk: "UNKNOWN"}


# --- joint committee, agency


def test_the_joint_committee_is_proposed_from_the_firm_then_from_its_last_contract(coach):
    case, firm = in_prehire(coach), a_company(coach, name="Blanchisserie exemple")
    assert proposed_by(firm).joint_committee == ""
    visit = browser(coach)
    address = reverse("placements:hire", args=[case.pk], query={"entreprise": firm.pk})
    sent = {
        "job_title": "Repassage",
        "contract_type": "CDD",
        "starts_on": shown(0),
        "ends_on": shown(30),
        "origin": "SERVICE",
        "mode": "LATER",
    }
    refused = visit.post(address, sent | {"joint_committee": "999"})
    assert "numéro de la commission paritaire" in error_beside(refused, "joint_committee")
    visit.post(address, sent | {"joint_committee": "titres-services"})
    assert Employment.objects.get().joint_committee == "322.01"
    assert 'value="322.01 – Titres-services"' in words(visit.get(address))
    Company.objects.filter(pk=firm.pk).update(joint_committee="121")
    assert 'value="121 – Nettoyage"' in words(visit.get(address))


def test_a_discreet_follow_up_hides_the_place_of_work_too(coach):
    case, agency, place = in_prehire(coach), a_company(coach), a_company(coach)
    terms = Terms(contract_type="INTERIM", job_title="Tri", starts_on=today(), user_company=place)
    hire(
        case=case,
        company=agency,
        terms=terms,
        followup=FollowUpTerms(mode="DISCREET", agreed_on=today()),
        actor=coach,
    )
    assert hidden_among(Employment.objects.all()) == {agency.pk, place.pk}


@pytest.mark.parametrize("kind", ["CDI", "INTERIM"])
def test_a_place_of_work_goes_with_an_agency_and_is_another_firm(coach, kind):
    firm = a_company(coach)
    terms = Terms(contract_type=kind, job_title="Tri", starts_on=today(), user_company=firm)
    with pytest.raises(PlacementRefused) as refused:
        hire(case=in_prehire(coach), company=firm, terms=terms, actor=coach)
    assert refused.value.field == "user_company"


def test_others_do_not_take_back_what_a_coach_wrote(job):
    row = idle(job, -10)
    with pytest.raises(NotAllowed):
        take_back(kind=takables["chomage"], row=row, reason="Erreur", actor=a_coach(job.case.organisation))
    coordinator = user_with(Role.COORDINATOR, job.case.organisation)
    take_back(kind=takables["chomage"], row=row, reason="Erreur", actor=coordinator)
    assert not TemporaryUnemployment.objects.exists()
