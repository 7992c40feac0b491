"""Who held a contact, and who may write it down."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase
from beneficiaries.services.cases import hand_over
from followup.models import Contact
from followup.selectors.timeline import timeline_of
from followup.services.contacts import AppointmentPlan, ContactRefused, ContactStatement, record_contact
from followup.services.corrections import correct_contact
from foundation.clock import today
from foundation.rules.periods import ONE_DAY
from tests.employers.pages import browser, words
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, a_contact, an_absence, in_prehire

pytestmark = pytest.mark.django_db


def test_the_former_coach_may_write_what_they_held():
    coach = a_coach()
    case = in_prehire(coach)
    boss = user_with(Role.COORDINATOR, coach.current_organisation)
    hand_over(case=case, coach=a_coach(coach.current_organisation), on=today(), actor=boss)
    held = ContactStatement(
        on=today() - ONE_DAY, channel="IN_PERSON", party="BENEFICIARY", minutes=60, summary="Vu avant la passation."
    )
    assert record_contact(case=case, statement=held, actor=coach).coach == coach


def test_the_statement_says_who_held_it():
    assert "held_by" in ContactStatement.__dataclass_fields__ or "coach" in ContactStatement.__dataclass_fields__


@pytest.fixture
def coach(frozen):
    return a_coach()


@pytest.fixture
def colleague(coach):
    return a_coach(coach.current_organisation)


@pytest.fixture
def handed_over(coach, colleague) -> CoachingCase:
    """Carried by the coach until three days ago, by a colleague since."""
    case = in_prehire(coach)
    boss = user_with(Role.COORDINATOR, coach.current_organisation)
    hand_over(case=case, coach=colleague, on=today() - timedelta(days=3), actor=boss)
    return CoachingCase.objects.get(pk=case.pk)


def statement(days_ago: int = 0, **more) -> ContactStatement:
    return ContactStatement(
        on=today() - timedelta(days=days_ago), channel="PHONE", party="BENEFICIARY", minutes=20, summary="Vu.", **more
    )


@pytest.mark.parametrize(("days_ago", "refused"), [(5, False), (4, False), (3, True), (2, True)])
def test_a_former_coach_writes_up_to_the_eve_of_the_hand_over(handed_over, coach, days_ago, refused):
    if refused:
        with pytest.raises(NotAllowed):
            record_contact(case=handed_over, statement=statement(days_ago), actor=coach)
        return
    assert record_contact(case=handed_over, statement=statement(days_ago), actor=coach).coach == coach


def test_a_former_coach_speaks_for_nobody_else_and_plans_nothing(handed_over, coach, colleague):
    plan = AppointmentPlan(on=today() + ONE_DAY, channel="PHONE")
    with pytest.raises(NotAllowed):
        record_contact(case=handed_over, statement=statement(4, held_by=colleague), actor=coach)
    with pytest.raises(NotAllowed):
        record_contact(case=handed_over, statement=statement(4), next_appointment=plan, actor=coach)
    with pytest.raises(NotAllowed):
        record_contact(case=handed_over, statement=statement(4), actor=a_coach(coach.current_organisation))
    assert not Contact.objects.exists()


def test_a_contact_goes_to_who_held_it_and_both_correct_it(coach, colleague):
    case = in_prehire(coach)
    contact = record_contact(case=case, statement=statement(held_by=colleague), actor=coach)
    assert (contact.coach, contact.recorded_by) == (colleague, coach)
    for who in (coach, colleague):
        assert correct_contact(contact=contact, statement=statement(), reason="Faute", actor=who).coach == colleague
    with pytest.raises(NotAllowed):
        correct_contact(
            contact=contact, statement=statement(), reason="Faute", actor=a_coach(coach.current_organisation)
        )
    assert (
        correct_contact(contact=contact, statement=statement(held_by=coach), reason="Faute", actor=coach).coach == coach
    )


def test_somebody_from_another_house_held_nothing_here(coach):
    with pytest.raises(ContactRefused) as refusal:
        record_contact(case=in_prehire(coach), statement=statement(held_by=a_coach()), actor=coach)
    assert (refusal.value.code, refusal.value.field) == ("held_by", "held_by")


def test_the_page_asks_who_held_it_and_a_former_coach_is_not_asked(coach, colleague, handed_over):
    address = reverse("followup:contact_create", args=[handed_over.pk])
    typed = {
        "on": f"{today() - timedelta(days=4):%d/%m/%Y}",
        "channel": "PHONE",
        "party": "BENEFICIARY",
        "outcome": "HELD",
        "minutes": "30",
        "summary": "Avant la passation.",
    }
    plain, asked = words(browser(colleague).get(address)), f"{address}?mene-par=collegue"
    assert "?mene-par=collegue" in plain
    assert 'name="held_by"' not in plain
    assert 'name="held_by"' in words(browser(colleague).get(asked))
    assert browser(colleague).post(asked, typed | {"held_by": str(coach.pk)}).status_code == 302
    assert Contact.objects.get().coach == coach
    visit = browser(coach)
    assert address in words(visit.get(reverse("followup:case_summary", args=[handed_over.pk])))
    shown = words(visit.get(address))
    assert "Mené par" not in shown
    assert 'name="next_on"' not in shown
    assert visit.post(address, typed).status_code == 302
    assert Contact.objects.filter(coach=coach, recorded_by=coach).count() == 1


def test_the_thread_says_in_whose_place_a_contact_was_held(frozen):
    case = a_case(a_coach(), opened_on=today() - timedelta(days=9))
    stand_in = a_coach(case.organisation)
    an_absence(case.coach, starts_on=today(), days=2, replacement=stand_in)
    a_contact(case, on=today() - timedelta(days=1), held_by=stand_in)
    a_contact(case, held_by=stand_in)
    a_contact(case)
    names = f"{stand_in.get_full_name()}, en remplacement de {case.coach.get_full_name()}"
    case = CoachingCase.objects.prefetch_related("spells").get(pk=case.pk)
    told = [item.author for item in timeline_of(case, None, case.coach, today()).items("contacts")]
    assert sorted(told) == sorted([names, stand_in.get_full_name(), case.coach.get_full_name()])
