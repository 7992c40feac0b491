"""A move, a cancellation or an outcome, from the form or the agenda: offered to be undone, told again what clashes."""

from datetime import date, time

import pytest
import time_machine
from django.urls import reverse

from followup.enums import AppointmentState
from followup.models import Appointment, Contact, RowAct
from followup.services.contacts import AppointmentPlan, plan_appointment
from followup.services.own_calendar import choose_calendar
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.factories.asking import EVERYTHING
from tests.factories.calendars import Diary, delivered

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, WEDNESDAY = date(2025, 3, 3), date(2025, 3, 4), date(2025, 3, 5)
WEEK = f"{reverse('followup:agenda')}?jour=2025-03-04"


@pytest.fixture
def case(frozen):
    return stories.in_prehire(stories.a_coach(), first_name="Zoé", last_name="Quidam")


def meet(case, on: date = TUESDAY, at: time | None = time(10)) -> Appointment:
    plan = AppointmentPlan(on=on, at=at, minutes=60, channel="IN_PERSON", confirmed=EVERYTHING)
    return plan_appointment(case=case, plan=plan, actor=case.coach)


def planned(case) -> list[tuple[date, time | None, int]]:
    return list(Appointment.objects.planned().filter(case=case).values_list("on", "at", "minutes"))


def send(client, one: Appointment, **fields):
    """What the form of an appointment sends, from the week."""
    address = reverse("followup:appointment_change", args=[one.case_id, one.pk])
    return client.post(address, {"next": WEEK} | fields, follow=True)


def move(client, one: Appointment, on: date = WEDNESDAY, at: str = "14:00", minutes: int = 90):
    moved = {"state": "MOVED", "next_on": f"{on:%d/%m/%Y}", "next_at": at, "minutes": minutes, "reason": "Train"}
    return send(client, one, **moved)


def undo(client, page=WEEK):
    return client.post(reverse("followup:row_undo", args=[RowAct.objects.get().pk]), {"next": page}, follow=True)


def words(answer) -> list[str]:
    return [str(one) for one in answer.context["messages"]]


def test_a_move_is_undone_beside_its_message_on_the_page_that_asked_for_it(client, case) -> None:
    client.force_login(case.coach)
    moved = move(client, meet(case))
    assert planned(case) == [(WEDNESDAY, time(14), 90)]
    page = moved.content.decode()
    assert f'action="{reverse("followup:row_undo", args=[RowAct.objects.get().pk])}"' in page
    assert "jour=2025-03-04" in page.split("notice-undo", 1)[1].split("</form>", 1)[0]

    back = undo(client)
    assert back.redirect_chain == [(WEEK, 302)]
    assert planned(case) == [(TUESDAY, time(10), 60)]
    assert words(back) == ["Annulé : tout est comme avant."]
    assert "notice-undo" not in back.content.decode()


def test_what_clashes_where_it_was_is_told_again(client, case) -> None:
    client.force_login(case.coach)
    move(client, meet(case))
    meet(stories.in_prehire(case.coach, first_name="Ali", last_name="Autre"), TUESDAY, time(10, 30))
    assert words(undo(client))[1:] == ["Un autre rendez-vous est prévu à 10:30 avec Ali Autre."]
    assert planned(case) == [(TUESDAY, time(10), 60)]


def test_the_invitation_follows_a_move_and_its_undoing_under_one_identifier(client, case) -> None:
    choose_calendar(is_invited=True, address=None, actor=case.coach)
    diaries: dict[str, Diary] = {}
    client.force_login(case.coach)
    one = meet(case)
    told = delivered(diaries)
    move(client, one)
    told += delivered(diaries)
    undo(client)
    told += delivered(diaries)
    assert [(mail.uid, mail.sequence, mail.start.hour) for mail in told] == [
        (f"{one.pk}@ancrage", 0, 10),
        (f"{one.pk}@ancrage", 1, 14),
        (f"{one.pk}@ancrage", 2, 10),
    ]


def test_a_cancellation_with_its_reason_is_undone(client, case) -> None:
    client.force_login(case.coach)
    one = meet(case)
    send(client, one, state="CANCELLED", cancelled_by="PERSON", reason="Grippe")
    one.refresh_from_db()
    assert (one.state, one.cancelled_by, one.state_reason) == (AppointmentState.CANCELLED, "PERSON", "Grippe")
    undo(client)
    one.refresh_from_db()
    assert (one.state, one.cancelled_by, one.state_reason) == (AppointmentState.PLANNED, "", "")


def test_what_was_written_since_is_not_undone_and_says_so_on_the_page(client, case) -> None:
    client.force_login(case.coach)
    one = meet(case)
    move(client, one)
    with time_machine.travel("2025-03-03T17:00:00+00:00", tick=False):
        stories.a_contact(case)
        back = undo(client)
    assert back.redirect_chain == [(WEEK, 302)]
    assert "rien n’est annulé" in words(back)[0]
    assert planned(case) == [(WEDNESDAY, time(14), 90)]


def test_a_colleague_undoes_nothing(client, case) -> None:
    client.force_login(case.coach)
    move(client, meet(case))
    client.force_login(user_with("JOBCOACH", case.organisation))
    assert client.post(reverse("followup:row_undo", args=[RowAct.objects.get().pk])).status_code == 404


@pytest.mark.parametrize("page", ["agenda", "agenda_day"])
@pytest.mark.parametrize(("kind", "state"), [("HELD", "HELD"), ("ABSENT", "NO_SHOW")])
def test_the_outcome_is_one_press_in_the_agenda_and_undone_there(client, case, page, kind, state) -> None:
    one = meet(case, MONDAY)
    client.force_login(case.coach)
    address = reverse(f"followup:{page}")
    shown = client.get(address).content.decode()
    form = shown.split('<form class="ev-says"', 1)[1].split("</form>", 1)[0]
    carried = {
        part.split('"', 1)[0]: part.split('value="', 1)[1].split('"', 1)[0] for part in form.split(' name="')[1:]
    }
    said = client.post(
        reverse("followup:row_act", args=[case.pk]), carried | {"act": kind, "next": address}, follow=True
    )
    one.refresh_from_db()
    assert one.state == state
    assert said.redirect_chain == [(address, 302)]
    assert words(said)[0].startswith("Zoé Quidam : ")
    undo(client, address)
    one.refresh_from_db()
    assert one.state == AppointmentState.PLANNED
    assert not Contact.objects.filter(case=case, on=MONDAY, coach=case.coach, summary="Rendez-vous tenu.").exists()


def test_an_agenda_that_shows_what_is_no_longer_so_is_refused(client, case) -> None:
    one = meet(case, MONDAY)
    client.force_login(case.coach)
    pressed = {"appointment": one.pk, "act": "HELD", "next": WEEK, "seen": "2025-03-01T08:00:00+00:00"}
    said = client.post(reverse("followup:row_act", args=[case.pk]), pressed, follow=True)
    assert said.redirect_chain == [(WEEK, 302)]
    assert "rien n’est noté" in words(said)[0]
    one.refresh_from_db()
    assert one.state == AppointmentState.PLANNED


def test_the_list_the_search_the_file_and_the_agenda_all_lead_to_the_move(client, case) -> None:
    address = reverse("followup:appointment_change", args=[case.pk, meet(case).pk])
    pages = [
        f"{reverse('followup:case_list')}?col=appointment",
        reverse("followup:case_summary", args=[case.pk]),
        WEEK,
        f"{reverse('followup:agenda_team')}?jour={TUESDAY}",
        f"{reverse('followup:agenda_day')}?jour={TUESDAY}",
    ]

    def offering(user) -> list[bool]:
        client.force_login(user)
        shown = [client.get(page) for page in pages]
        shown.append(
            client.post(reverse("reporting:search"), {"q": "Quidam", "part": "palette"}, headers={"HX-Request": "true"})
        )
        return [address in page.content.decode() for page in shown]

    assert offering(case.coach) == [True] * 6
    assert not any(offering(user_with("ADMIN", case.organisation)))
