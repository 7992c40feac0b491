"""Discreet follow-up: every way to reach the employer about the person is walked, and none is open.

Each way is walked for a follow-up that is discreet, for one that is refused, and for one that is agreed, which finds it
open: otherwise a closed door might be a wall. docs/decisions/0004-discreet-follow-up.md says what is decided.
"""

import io
import re
from datetime import date, time, timedelta
from typing import NamedTuple

import openpyxl
import pytest
from django.urls import get_resolver, reverse

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import CoachingCase
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.phases import exit_case
from employers.models import Company, CompanyContact, Vacancy
from employers.services.companies import save_company_person
from followup.models import Appointment, Contact, Deadline, OutboxMail
from followup.rules.kinds import DeadlineKind
from followup.services.contacts import (
    AppointmentPlan,
    ContactStatement,
    change_appointment,
    plan_appointment,
    record_contact,
)
from followup.services.corrections import correct_contact
from followup.services.feeds import renew_feed
from followup.services.reminders import run_day
from foundation.clock import today
from placements.models import Employment, FollowUpAgreement, Match
from placements.selectors.discretion import EmployerHidden
from placements.services.hiring import FollowUpTerms, agree_followup, end_employment, return_to_prehire
from placements.services.matching import propose_match, record_person_decision
from tests.employers.pages import browser, error_beside, words
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.house.test_addresses import addresses
from tests.matrix.table import LINES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

DAY = timedelta(days=1)
HIDING = ("DISCREET", "REFUSED")
FIRM, STREET = "Ferronnerie Exemple", "rue des Forges"


class Story(NamedTuple):
    """Somebody at work for a month, their coach, and the firm with all that could reach it."""

    coach: User
    case: CoachingCase
    firm: Company
    job: Employment
    vacancy: Vacancy
    hidden: bool


def told(mode: str) -> Story:
    coach = stories.a_coach()
    firm = stories.a_company(
        coach, name=FIRM, street=f"{STREET} 12", town="Verviers", phone="087 11 22 33", email="contact@forge.example"
    )
    save_company_person(
        person=CompanyContact(company=firm),
        name="Marc Patron",
        phone="0470 99 88 77",
        email="marc@forge.example",
        is_reference=True,
        actor=coach,
    )
    vacancy = stories.a_vacancy(coach, firm, title="Soudure")
    case = stories.in_prehire(coach, since=today() - 90 * DAY, first_name="Nadia", last_name="Cachée")
    job = stories.hired(case, starts_on=today() - 60 * DAY, company=firm, mode=mode)
    return Story(coach, CoachingCase.objects.get(pk=case.pk), firm, job, vacancy, mode in HIDING)


@pytest.fixture(params=[*HIDING, "AGREED"])
def story(request) -> Story:
    return told(request.param)


@pytest.fixture(params=HIDING)
def hidden(request) -> Story:
    return told(request.param)


def at(name, *keys, **query):
    address = reverse(name, args=keys)
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else address


def contact(**fields):
    return {
        "on": f"{today():%d/%m/%Y}",
        "channel": "PHONE",
        "party": "BENEFICIARY",
        "outcome": "HELD",
        "minutes": "15",
        "summary": "L’employeur a appelé : tout va bien.",
    } | fields


def said(**fields) -> ContactStatement:
    base = {"on": today(), "channel": "PHONE", "party": "EMPLOYER", "minutes": 15, "summary": "Tout va bien."}
    return ContactStatement(**(base | fields))


def plan(**fields) -> AppointmentPlan:
    return AppointmentPlan(**({"on": today() + DAY, "channel": "IN_PERSON", "at": time(10)} | fields))


# --- writing to, calling: contacts ------------------------------------------------------------------------------------


def test_the_contact_form_offers_the_firm_only_when_it_may_hear(story) -> None:
    form = at("followup:contact_create", story.case.pk)
    visit = browser(story.coach)
    search = {"company-mots": story.firm.name, "chercher": "company"}
    assert (f'value="{story.firm.pk}"' in words(visit.post(form, search))) is not story.hidden
    asked = browser(story.coach).get(f"{form}?avec=employeur&entreprise={story.firm.pk}")
    assert (f'value="{story.firm.pk}" id="id_company_chosen" checked' in words(asked)) is not story.hidden
    assert (asked.context["form"].initial["party"] == "EMPLOYER") is not story.hidden


@pytest.mark.parametrize("party", ["EMPLOYER", "BOTH"])
def test_a_talk_with_the_employer_is_recorded_only_when_it_may_hear(story, party) -> None:
    form = at("followup:contact_create", story.case.pk)
    response = browser(story.coach).post(form, contact(party=party, company=str(story.firm.pk)))
    assert (response.status_code == 302) is not story.hidden
    if story.hidden:
        sentence = error_beside(response, "company")
        assert "Suivi discret : aucun échange avec cette entreprise ne s’inscrit au dossier." in sentence
        assert "choisissez « la personne »" in sentence
        assert "L’employeur a appelé" in words(response)
    assert Contact.objects.exists() is not story.hidden


def test_the_service_refuses_whoever_calls_it(hidden) -> None:
    with pytest.raises(EmployerHidden) as refusal:
        record_contact(case=hidden.case, statement=said(company=hidden.firm), actor=hidden.coach)
    assert (refusal.value.code, refusal.value.field) == ("discreet", "company")
    kept = stories.a_contact(hidden.case)
    with pytest.raises(EmployerHidden):
        correct_contact(contact=kept, statement=said(company=hidden.firm), reason="Erreur", actor=hidden.coach)


def test_when_the_employer_calls_it_is_told_in_words_with_the_person(hidden) -> None:
    form = at("followup:contact_create", hidden.case.pk)
    assert browser(hidden.coach).post(form, contact(company=str(hidden.firm.pk))).status_code == 302
    kept = Contact.objects.get()
    assert (kept.party, kept.company) == ("BENEFICIARY", None)
    assert "L’employeur a appelé" in words(browser(hidden.coach).get(at("followup:case_summary", hidden.case.pk)))


def test_a_talk_of_before_the_agreement_stays_and_may_be_put_right(frozen) -> None:
    story = told("AGREED")
    talk = record_contact(case=story.case, statement=said(company=story.firm), actor=story.coach)
    frozen(today() + 7 * DAY)
    hide(story, "DISCREET")
    page = at("followup:contact_correct", story.case.pk, talk.pk)
    visit = browser(story.coach)
    assert f'value="{story.firm.pk}" id="id_company_chosen" checked' in words(visit.get(page))
    sent = contact(
        on="3/3/2025", party="EMPLOYER", company=str(story.firm.pk), summary="Tout va très bien.", reason="Faute"
    )
    assert visit.post(page, sent).status_code == 302
    talk.refresh_from_db()
    assert talk.summary == "Tout va très bien."
    later = visit.post(page, sent | {"on": f"{today():%d/%m/%Y}"})
    assert "Suivi discret" in error_beside(later, "company")


def hide(story: Story, mode: str) -> FollowUpAgreement:
    """The person changes their mind, today."""
    return agree_followup(
        employment=story.job,
        followup=FollowUpTerms(mode=mode, agreed_on=today(), reason="Ne veut pas"),
        actor=story.coach,
    )


def test_an_agreement_that_hides_forgets_whom_to_call() -> None:
    story = told("AGREED")
    reference = story.firm.people.get()
    agree_followup(
        employment=story.job,
        followup=FollowUpTerms(mode="AGREED", agreed_on=today(), contact=reference),
        actor=story.coach,
    )
    tab = at("placements:case_jobs", story.case.pk)
    assert "tel:+32470998877" in words(browser(story.coach).get(tab))
    page = at("placements:followup_agree", story.case.pk, story.job.pk)
    typed = {"mode": "DISCREET", "agreed_on": "3/3/2025", "contact": str(reference.pk), "terms": ""}
    assert browser(story.coach).post(page, typed).status_code == 302
    assert FollowUpAgreement.objects.get().contact is None
    assert "Marc Patron" not in words(browser(story.coach).get(tab))


# --- scheduling -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "where",
    [{"place": "COMPANY"}, {"place": "OUTSIDE", "address": f"{STREET} 12, Verviers"}, {"address": FIRM.upper()}],
)
def test_no_appointment_is_taken_at_the_firm(story, where) -> None:
    if not story.hidden:
        assert plan_appointment(case=story.case, plan=plan(**where), actor=story.coach).pk
        return
    with pytest.raises(EmployerHidden):
        plan_appointment(case=story.case, plan=plan(**where), actor=story.coach)
    with pytest.raises(EmployerHidden) as refusal:
        record_contact(
            case=story.case,
            statement=said(party="BENEFICIARY"),
            next_appointment=plan(**where),
            actor=story.coach,
        )
    assert refusal.value.field == "next_place"
    assert not Appointment.objects.exists()
    assert not Contact.objects.exists()


def test_the_forms_do_not_offer_the_firm_as_a_place(story) -> None:
    visit = browser(story.coach)
    for form, field in (("followup:appointment_create", "place"), ("followup:contact_create", "next_place")):
        shown = words(visit.get(at(form, story.case.pk)))
        choices = shown.split(f'name="{field}"', 1)[1].split("</select>", 1)[0]
        assert ('value="COMPANY"' in choices) is not story.hidden
        assert 'value="OFFICE"' in choices
    typed = {
        "next_on": f"{today() + DAY:%d/%m/%Y}",
        "next_at": "10:00",
        "minutes": "45",
        "channel": "IN_PERSON",
        "place": "OUTSIDE",
        "address": f"{STREET} 12",
    }
    response = visit.post(at("followup:appointment_create", story.case.pk), typed)
    assert (response.status_code == 302) is not story.hidden
    if story.hidden:
        assert "aucun rendez-vous ne se prend dans cette entreprise" in error_beside(response, "place")


def test_elsewhere_one_meets_as_before(hidden) -> None:
    assert plan_appointment(case=hidden.case, plan=plan(place="OFFICE"), actor=hidden.coach).pk
    later = plan(on=today() + 2 * DAY, place="OUTSIDE", address="place Verte 3, Verviers")
    assert plan_appointment(case=hidden.case, plan=later, actor=hidden.coach).pk


def test_what_was_planned_there_is_called_off_by_the_act_that_hides() -> None:
    story = told("AGREED")
    there = plan_appointment(case=story.case, plan=plan(place="COMPANY"), actor=story.coach)
    office = plan_appointment(case=story.case, plan=plan(on=today() + 2 * DAY, place="OFFICE"), actor=story.coach)
    hide(story, "REFUSED")
    there.refresh_from_db()
    office.refresh_from_db()
    assert (there.state, office.state) == ("CANCELLED", "PLANNED")
    assert "Suivi discret" in there.state_reason


def test_an_appointment_is_not_moved_to_the_firm(hidden) -> None:
    planned = plan_appointment(case=hidden.case, plan=plan(place="OFFICE"), actor=hidden.coach)
    with pytest.raises(EmployerHidden):
        change_appointment(
            appointment=planned,
            state="MOVED",
            reason="Plus simple",
            moved_to=plan(on=today() + 2 * DAY, place="COMPANY"),
            actor=hidden.coach,
        )


def test_somebody_who_also_works_openly_elsewhere_may_be_met_there(hidden) -> None:
    stories.hired(hidden.case, starts_on=today() - DAY, company=stories.a_company(hidden.coach), mode="AGREED")
    assert plan_appointment(case=hidden.case, plan=plan(place="COMPANY"), actor=hidden.coach).pk
    with pytest.raises(EmployerHidden):
        plan_appointment(case=hidden.case, plan=plan(on=today() + 3 * DAY, address=f"{STREET} 12"), actor=hidden.coach)


# --- being asked: deadlines, Ma journée, reminders, mails -------------------------------------------------------------


def test_no_talk_with_the_employer_is_due_nor_shown(story) -> None:
    due = Deadline.objects.filter(case=story.case, kind=DeadlineKind.EMPLOYER)
    assert due.exists() is not story.hidden
    shown = words(browser(story.coach).get(at("followup:my_day")))
    assert ("Prendre des nouvelles chez" in shown) is not story.hidden
    assert ("avec=employeur" in shown) is not story.hidden
    header = words(browser(story.coach).get(at("followup:case_summary", story.case.pk)))
    assert ("Employeur à contacter" in header) is not story.hidden


def test_no_reminder_and_no_mail_speak_of_the_firm(story) -> None:
    run_day(on=today())
    shown = words(browser(story.coach).get(at("followup:reminder_list")))
    assert ("employeur" in shown.lower()) is not story.hidden
    for mail in OutboxMail.objects.all():
        text = f"{mail.subject} {mail.body}"
        assert FIRM not in text
        assert "087" not in text
        assert "Cachée" not in text


def test_a_reminder_of_this_morning_is_gone_once_the_person_asks_for_discretion() -> None:
    story = told("AGREED")
    run_day(on=today())
    hide(story, "DISCREET")
    assert "employeur" not in words(browser(story.coach).get(at("followup:reminder_list"))).lower()


# --- proposing --------------------------------------------------------------------------------------------------------


def back_in_prehire(story: Story) -> None:
    """The job is over; the person looks for another."""
    end_employment(employment=story.job, ended_on=today() - DAY, reason="RESIGNATION", actor=story.coach)
    if CoachingCase.objects.get(pk=story.case.pk).open_spell().phase != "PRE_HIRE":
        return_to_prehire(case=story.case, on=today(), reason="Fin", actor=story.coach)


def test_no_job_of_the_firm_is_proposed_to_the_person_nor_the_person_to_its_jobs(story) -> None:
    back_in_prehire(story)
    visit = browser(story.coach)
    offers = words(visit.get(at("placements:case_adequacy", story.case.pk)))
    assert ("Soudure" in offers) is not story.hidden
    form = at("placements:match_create", story.case.pk)
    typed = {"vacancy": str(story.vacancy.pk), "rationale": "Sait souder", "proposed_on": "3/3/2025"}
    candidates = words(visit.get(at("placements:vacancy_adequacy", story.vacancy.pk)))
    assert ("Nadia Cachée" in candidates) is not story.hidden
    assert (visit.post(form, typed).status_code == 302) is not story.hidden
    if story.hidden:
        with pytest.raises(EmployerHidden):
            propose_match(
                case=story.case, vacancy=story.vacancy, on=today(), rationale="Sait souder", actor=story.coach
            )
    assert Match.objects.exists() is not story.hidden


def test_a_proposal_of_before_asks_the_employer_nothing_more() -> None:
    story = told("AGREED")
    match = propose_match(
        case=story.case, vacancy=story.vacancy, on=today(), rationale="Sait souder", actor=story.coach
    )
    record_person_decision(match=match, decision="ACCEPTED", on=today(), actor=story.coach)
    tab, ask = at("placements:case_jobs", story.case.pk), at("placements:employer_decision", story.case.pk, match.pk)
    assert ask in words(browser(story.coach).get(tab))
    hide(story, "DISCREET")
    assert ask not in words(browser(story.coach).get(tab))


def test_the_word_of_the_person_holds_over_a_renewal_and_after_the_job(hidden) -> None:
    tab = at("placements:case_jobs", hidden.case.pk)
    back_in_prehire(hidden)
    assert at("placements:followup_agree", hidden.case.pk, hidden.job.pk) in words(browser(hidden.coach).get(tab))
    stories.hired(hidden.case, starts_on=today(), company=hidden.firm, mode="AGREED", contract_type="CDI")
    with pytest.raises(EmployerHidden):
        record_contact(case=hidden.case, statement=said(company=hidden.firm), actor=hidden.coach)
    hidden.job.refresh_from_db()
    hide(hidden, "AGREED")
    assert record_contact(case=hidden.case, statement=said(company=hidden.firm), actor=hidden.coach).pk


def test_a_renewal_is_offered_as_it_was_asked(hidden) -> None:
    end = Employment.objects.get(pk=hidden.job.pk)
    page = words(browser(hidden.coach).get(at("placements:hire", hidden.case.pk, contrat=end.pk)))
    chosen = page.split(f'value="{hidden.job.followup_agreement.mode}"', 1)[1].split(">", 1)[0]
    assert "checked" in chosen
    assert f'<option value="{hidden.firm.people.get().pk}" selected' not in page


# --- printing, exporting ----------------------------------------------------------------------------------------------


def test_the_page_of_the_firm_names_nobody_to_colleagues_and_prints_nobody(story) -> None:
    page = at("employers:company_detail", story.firm.pk)
    colleague = stories.a_coach(story.coach.current_organisation)
    shown = words(browser(colleague).get(page))
    assert ("Nadia Cachée" in shown) is not story.hidden
    assert (at("placements:case_jobs", story.case.pk) in shown) is not story.hidden
    own = words(browser(story.coach).get(page))
    row = own.split("Nadia Cachée", 1)[0].rsplit("<li", 1)[1]
    assert ("d-print-none" in row) is story.hidden


def test_no_file_that_leaves_the_house_ties_the_firm_to_the_person(hidden, client) -> None:
    everything = user_with(Role.COORDINATOR, hidden.coach.current_organisation)
    client.force_login(everything)
    listed = client.get(at("followup:case_export") + "?coach=tous").content.decode("utf-8-sig")
    assert "Cachée" in listed
    assert FIRM not in listed
    for name in ("activite", "inspection"):
        period = "?first=01/01/2024&last=31/12/2025"
        document = client.get(at("reporting:report", name) + period).context["document"]
        cells = [str(cell.value) for table in document.tables() for row in table.rows for cell in row.cells]
        labels = [row.label for table in document.tables() for row in table.rows]
        assert not [text for text in (*cells, *labels) if FIRM in text]
        assert FIRM not in client.get(at("reporting:report_file", name, "csv") + period).content.decode("utf-8-sig")
        book = openpyxl.load_workbook(
            io.BytesIO(client.get(at("reporting:report_file", name, "xlsx") + period).content)
        )
        values = [str(value) for sheet in book for line in sheet.iter_rows(values_only=True) for value in line if value]
        assert values
        assert not [value for value in values if FIRM in value]
        # The paper is made of the same tables: that it comes out is what remains to be seen.
        assert client.get(at("reporting:report_file", name, "pdf") + period).content.startswith(b"%PDF-")


def test_neither_the_agenda_nor_the_telephone_s_calendar_names_the_firm(hidden, client) -> None:
    plan_appointment(case=hidden.case, plan=plan(place="OFFICE"), actor=hidden.coach)
    visit = browser(hidden.coach)
    for page in (at("followup:agenda"), at("followup:agenda_day", jour=str(today() + DAY))):
        shown = words(visit.get(page))
        assert "Nadia Cachée" in shown
        assert FIRM not in shown
        assert STREET not in shown
    calendar = client.get(at("followup:calendar", renew_feed(actor=hidden.coach))).content.decode()
    assert "BEGIN:VEVENT" in calendar
    assert FIRM not in calendar
    assert "Cachée" not in calendar


# --- everything else: every page that speaks of the case --------------------------------------------------------------

#: what would reach the firm with one click, or lead to its telephone
REACHES = re.compile(
    r'href="(?:tel:\+3287112233|tel:\+32470998877|mailto:[^"]*forge\.example|[^"]*/entreprises/FIRM/[^"]*|[^"]*entreprise=FIRM[^"]*)"'
)


def pages_of(story: Story) -> list[str]:
    """Every address of the site that names the case or what hangs on it, and the pages of the coach's day."""
    match = Match.objects.filter(case=story.case).first()
    known = {
        "case_id": story.case.pk,
        "employment_id": story.job.pk,
        "spell_id": story.case.open_spell().pk,
        "contact_id": Contact.objects.filter(case=story.case).get().pk,
        "appointment_id": Appointment.objects.filter(case=story.case, state="PLANNED").get().pk,
        "match_id": match.pk if match else None,
    }
    routes = {name: pattern.pattern for name, _route, pattern in addresses(get_resolver())}
    found = []
    for line in LINES:
        taken = set(routes[line.name].converters)
        if line.get is not None and taken and taken <= {name for name, key in known.items() if key}:
            found.append(reverse(line.name, kwargs={name: known[name] for name in taken}))
    day = ("my_day", "agenda", "agenda_day", "reminder_list", "case_list", "contact_pick")
    return [*found, *(at(f"followup:{name}") for name in day)]


def test_no_page_about_the_person_leads_to_the_firm(story) -> None:
    match = propose_match(
        case=story.case,
        vacancy=stories.a_vacancy(story.coach),
        on=today(),
        rationale="Ailleurs",
        actor=story.coach,
    )
    stories.a_contact(story.case)
    plan_appointment(case=story.case, plan=plan(place="OFFICE"), actor=story.coach)
    run_day(on=today())
    story = story._replace(case=CoachingCase.objects.get(pk=story.case.pk))
    pages = pages_of(story)
    assert len(pages) > 30, "the walk has lost its way"
    assert any(str(match.pk) in page for page in pages)
    pattern = re.compile(REACHES.pattern.replace("FIRM", str(story.firm.pk)))
    coordinator = user_with(Role.COORDINATOR, story.coach.current_organisation)
    open_ways: set[str] = set()
    seen = 0
    for user in (story.coach, coordinator):
        visit = browser(user)
        for page in pages:
            answer = visit.get(page)
            # A file is read elsewhere: nothing in it is clicked.
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                seen += 1
                open_ways |= {f"{page}: {way}" for way in pattern.findall(answer.content.decode())}
    assert seen > 40
    assert bool(open_ways) is not story.hidden, sorted(open_ways)


def test_a_new_case_begins_without_it(hidden, frozen) -> None:
    exit_case(case=hidden.case, on=today(), exit_reason="CONSOLIDATED", exit_outcome="EMPLOYED", actor=hidden.coach)
    frozen(date(2026, 6, 1))
    opening = CaseOpening(coach=hidden.coach, opened_on=today())
    new = open_case(beneficiary=hidden.case.beneficiary, opening=opening, actor=hidden.coach)
    assert record_contact(case=new, statement=said(company=hidden.firm), actor=hidden.coach).pk
