"""While a coach is away, their replacement sees, receives and writes; not the day before, not the day after."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import NotAllowed, allows
from accounts.services.absences import cancel_absence
from beneficiaries.services.cases import hand_over
from beneficiaries.services.path import set_objective
from followup.models import Contact
from followup.services.contacts import AppointmentPlan, ContactStatement, plan_appointment, record_contact
from foundation.asking import Unconfirmed
from foundation.clock import today
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, an_absence, in_prehire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

DAY = timedelta(days=1)
FIRST, LAST = date(2025, 3, 10), date(2025, 3, 14)


@pytest.fixture
def absence(frozen):
    coach = a_coach()
    return an_absence(coach, starts_on=FIRST, note="Aline attend un appel.")


@pytest.fixture
def case(absence):
    return in_prehire(absence.user, last_name="Remplacée")


def a_talk(case, actor):
    statement = ContactStatement(
        on=today(), channel="PHONE", party="BENEFICIARY", minutes=20, summary="A pris des nouvelles."
    )
    return record_contact(case=case, statement=statement, actor=actor)


@pytest.mark.parametrize(("on", "may"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)])
def test_the_right_to_write_lasts_as_long_as_the_absence(frozen, absence, case, on, may):
    frozen(on)
    stand_in = absence.replacement
    assert allows(stand_in, "beneficiaries.change_case", case) is may
    assert allows(stand_in, "beneficiaries.view_history", case) is may
    if may:
        assert set_objective(case=case, title="Permis", set_on=today(), actor=stand_in)
    else:
        with pytest.raises(NotAllowed):
            set_objective(case=case, title="Permis", set_on=today(), actor=stand_in)


def test_what_is_written_keeps_its_author_and_the_case_its_coach(frozen, absence, case):
    frozen(FIRST)
    contact = a_talk(case, absence.replacement)
    case.refresh_from_db()
    assert (contact.coach, case.coach) == (absence.replacement, absence.user)
    assert allows(absence.user, "beneficiaries.change_case", case)
    frozen(LAST + DAY)
    assert allows(absence.replacement, "followup.correct_contact", contact)


def test_neither_a_third_colleague_nor_a_coordinators_act(frozen, absence, case):
    frozen(FIRST)
    house = absence.organisation
    assert not allows(a_coach(house), "beneficiaries.change_case", case)
    for permission in ("beneficiaries.hand_over", "beneficiaries.correct_case", "placements.decide_clock"):
        assert not allows(absence.replacement, permission, case)
    with pytest.raises(NotAllowed):
        hand_over(case=case, coach=absence.replacement, on=today(), actor=absence.replacement)


def test_the_right_follows_the_coach_and_not_the_case(frozen, absence, case):
    frozen(FIRST)
    hand_over(
        case=case,
        coach=a_coach(absence.organisation),
        on=today(),
        actor=user_with(Role.COORDINATOR, absence.organisation),
    )
    case.refresh_from_db()
    assert not allows(absence.replacement, "beneficiaries.change_case", case)


def test_cancelled_it_gives_no_right(frozen, absence, case):
    frozen(FIRST)
    cancel_absence(absence=absence, actor=absence.user)
    with pytest.raises(NotAllowed):
        a_talk(case, absence.replacement)
    assert not Contact.objects.exists()


def test_the_day_of_the_replacement_holds_the_people_of_both(frozen, client, absence, case):
    own = in_prehire(absence.replacement, last_name="Habituelle")
    plan = AppointmentPlan(on=FIRST, at=time(9), channel="PHONE")
    with pytest.raises(Unconfirmed) as asked:
        plan_appointment(case=case, plan=plan, actor=absence.user)
    plan = replace(plan, confirmed=frozenset({asked.value.waiting[0].code}))
    plan_appointment(case=case, plan=plan, actor=absence.user)
    frozen(FIRST)
    client.force_login(absence.replacement)
    response = client.get(reverse("followup:my_day"))
    page = response.content.decode()
    assert f"Vous remplacez {absence.user} jusqu’au 14/03/2025" in page
    assert "Aline attend un appel." in page
    day = response.context["day"]
    assert {row.case for row in day.people} == {case, own}
    assert {need.case for group in day.groups for need in group.needs} == {case, own}
    assert [one.case for one in day.today] == [case]
    # on the row and in the appointments of the day, each in words and when the mark is pointed at
    assert page.count(f"en remplacement de {absence.user}") == 4
    frozen(LAST + DAY)
    client.force_login(absence.replacement)
    response = client.get(reverse("followup:my_day"))
    assert {row.case for row in response.context["day"].people} == {own}
    assert "remplace" not in response.content.decode()


def test_whoever_is_away_is_reminded_of_it(frozen, client, absence, case):
    frozen(FIRST)
    client.force_login(absence.user)
    page = client.get(reverse("followup:my_day")).content.decode()
    assert "Vous êtes en absence jusqu’au 14/03/2025" in page
    assert f"{absence.replacement} vous remplace" in page
    assert "en remplacement de" not in page


def test_the_lists_and_the_case_say_who_stands_in(frozen, client, absence, case):
    frozen(FIRST)
    client.force_login(absence.replacement)
    page = client.get(reverse("followup:case_list")).content.decode()
    assert "vous remplacez" in page
    assert f"en remplacement de {absence.user}" in client.get(reverse("followup:contact_pick")).content.decode()
    url = reverse("followup:case_summary", args=[case.pk])
    assert "en absence jusqu’au 14/03/2025, vous remplacez" in client.get(url).content.decode()
    client.force_login(a_coach(absence.organisation))
    assert f"en absence jusqu’au 14/03/2025, remplacement par {absence.replacement}" in client.get(url).content.decode()
    assert reverse("followup:contact_create", args=[case.pk]) not in client.get(url).content.decode()


def test_the_pages_of_the_case_open_to_the_replacement(frozen, client, absence, case):
    frozen(FIRST)
    client.force_login(absence.replacement)
    url = reverse("followup:contact_create", args=[case.pk])
    assert client.get(url).status_code == 200
    frozen(LAST + DAY)
    client.force_login(absence.replacement)
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("number", [2, 20])
def test_the_day_costs_the_same_whoever_is_replaced(frozen, client, absence, number, django_assert_max_num_queries):
    for _n in range(number):
        in_prehire(absence.user, since=date(2025, 2, 3))
    frozen(FIRST)
    client.force_login(absence.replacement)
    client.get(reverse("followup:my_day"))
    with django_assert_max_num_queries(15):
        client.get(reverse("followup:my_day"))
