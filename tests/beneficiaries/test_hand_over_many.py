"""A whole caseload changes hands: preview with the loads, then all the cases or none, once."""

from datetime import date, time
from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import NotAllowed
from accounts.services.users import deactivate_user
from beneficiaries.models import CaseAssignment, CoachingCase
from beneficiaries.services.cases import CaseRefused, hand_over
from beneficiaries.services.handover import hand_over_many
from followup.models import Appointment, CaseStatus
from followup.services.contacts import AppointmentPlan, plan_appointment
from foundation.clock import today
from tests.factories.accounts import user_with
from tests.factories.asking import EVERYTHING
from tests.factories.stories import a_case, a_coach, an_absence, closed, in_prehire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

PICK = reverse("beneficiaries:caseload_list")


@pytest.fixture
def coach(frozen):
    return a_coach()


@pytest.fixture
def one(coach):
    return a_coach(coach.current_organisation)


@pytest.fixture
def two(coach):
    return user_with(Role.JOBCOACH, coach.current_organisation, fte="0.5")


@pytest.fixture
def coordinator(coach, client):
    user = user_with(Role.COORDINATOR, coach.current_organisation)
    client.force_login(user)
    return user


@pytest.fixture
def cases(coach):
    return [in_prehire(coach, last_name=name) for name in ("Alpha", "Bêta", "Gamma")]


def page_of(response):
    return response.content.decode()


def carriers(cases):
    return [CoachingCase.objects.get(pk=case.pk).coach for case in cases]


def url_of(coach):
    return reverse("beneficiaries:hand_over_many", args=[coach.pk])


def ticks(cases, **fields):
    return {"on": "3/3/2025", **{f"pick_{case.pk}": "on" for case in cases}, **fields}


def pass_on(coach, receivers, actor, **more):
    return hand_over_many(
        coach=coach,
        receivers={case.pk: user for case, user in receivers.items()},
        on=today(),
        actor=actor,
        **more,
    )


class TestService:
    def test_each_case_keeps_its_own_trail(self, coach, one, two, cases, coordinator):
        for case in cases:
            plan = AppointmentPlan(on=date(2025, 3, 5), at=time(9), channel="PHONE", confirmed=EVERYTHING)
            plan_appointment(case=case, plan=plan, actor=coach)
        done = pass_on(coach, dict(zip(cases, (one, two, one), strict=True)), coordinator, note=" Départ ")
        assert carriers(cases) == [one, two, one]
        assert {assignment.note for assignment in done} == {"Départ"}
        assert {status.coach for status in CaseStatus.objects.all()} == {one, two}
        assert sorted(str(a.coach) for a in Appointment.objects.all()) == sorted(map(str, (one, two, one)))
        for case in cases:
            entry = LogEntry.objects.get_for_object(case).filter(action=LogEntry.Action.UPDATE).latest("id")
            assert (entry.actor, "coach" in entry.changes) == (coordinator, True)

    def test_all_or_none_and_the_sentence_names_the_person(self, coach, one, cases, coordinator):
        hand_over(case=cases[2], coach=one, on=today(), actor=coordinator)
        with pytest.raises(CaseRefused) as caught:
            pass_on(coach, dict.fromkeys(cases, one), coordinator)
        assert caught.value.code == "no_longer_theirs"
        assert "Gamma" in caught.value.message
        assert carriers(cases) == [coach, coach, one]

    @pytest.mark.parametrize("receiver", ["coach", "stranger"])
    def test_who_may_not_receive(self, coach, cases, coordinator, receiver):
        with pytest.raises(CaseRefused) as caught:
            pass_on(coach, dict.fromkeys(cases, coach if receiver == "coach" else a_coach()), coordinator)
        assert caught.value.field == "coach"
        assert caught.value.message.startswith("Prénom")
        assert carriers(cases) == [coach] * 3

    def test_sent_twice_it_is_done_once(self, coach, one, cases, coordinator):
        key = uuid4()
        once = pass_on(coach, dict.fromkeys(cases, one), coordinator, submission_id=key)
        twice = pass_on(coach, dict.fromkeys(cases, one), coordinator, submission_id=key)
        assert {a.pk for a in once} == {a.pk for a in twice}
        assert CaseAssignment.objects.filter(coach=one).count() == 3

    def test_only_a_coordinator_of_the_house(self, coach, one, cases):
        for actor in (coach, one, user_with(Role.ADMIN, coach.current_organisation)):
            with pytest.raises(NotAllowed):
                pass_on(coach, dict.fromkeys(cases, one), actor)
        with pytest.raises(CaseRefused) as caught:
            pass_on(coach, dict.fromkeys(cases, one), user_with(Role.COORDINATOR))
        assert caught.value.code == "unknown_case"

    def test_no_case_is_no_act(self, coach, coordinator):
        with pytest.raises(CaseRefused) as caught:
            pass_on(coach, {}, coordinator)
        assert caught.value.code == "no_case"

    def test_then_the_access_can_be_closed(self, coach, one, cases, coordinator):
        pass_on(coach, dict.fromkeys(cases, one), coordinator)
        deactivate_user(user=coach, actor=user_with(Role.ADMIN, coach.current_organisation))
        coach.refresh_from_db()
        assert not coach.is_active


class TestPages:
    def test_whose_cases(self, client, coach, two, cases, coordinator):
        a_case(two)
        an_absence(two, starts_on=today())
        page = page_of(client.get(PICK))
        assert url_of(coach) in page
        assert "en absence jusqu’au 07/03/2025" in page
        assert url_of(coordinator) not in page

    def test_preview_then_act(self, client, coach, one, two, cases, coordinator):
        closed(coach)
        page = page_of(client.get(url_of(coach)))
        assert page.count("Transmettre le dossier de") == 3
        data = ticks(cases[:2], coach=one.pk, note="Départ.", **{f"to_{cases[1].pk}": two.pk})
        response = client.post(url_of(coach), data)
        assert response.status_code == 200
        loads = [
            (str(load.coach), before.cases, after.cases)
            for load, before, after in response.context["preview"]["shifts"]
        ]
        assert loads[0] == (str(coach), 3, 1)
        assert sorted(loads[1:]) == sorted([(str(one), 0, 1), (str(two), 0, 1)])
        assert "0,5 ETP" in page_of(response)
        assert carriers(cases) == [coach] * 3
        response = client.post(url_of(coach), data | {"confirmed": "on"}, follow=True)
        assert f"2 dossiers de {coach} sont transmis." in page_of(response)
        assert carriers(cases) == [one, two, coach]

    def test_what_the_preview_carries_along_is_what_was_chosen(self, client, coach, one, two, cases, coordinator):
        data = ticks(cases[:2], coach=one.pk, **{f"to_{cases[1].pk}": two.pk})
        form = client.post(url_of(coach), data).context["form"]
        carried = {field.html_name: field.value() for field in form.carried()}
        sent = {name: "" if value is None else value for name, value in carried.items()} | {"confirmed": "on"}
        assert client.post(url_of(coach), sent).status_code == 302
        assert carriers(cases) == [one, two, coach]

    def test_going_back_loses_nothing(self, client, coach, one, cases, coordinator):
        page = page_of(client.post(url_of(coach), ticks(cases[:1], coach=one.pk, note="Départ.", correct="1")))
        assert "Départ." in page
        assert page.count("checked") == 1

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"picked": 0}, "Cochez au moins un dossier à transmettre."),
            ({"picked": 2}, "Choisissez qui reçoit les 2 dossiers cochés."),
            ({"picked": 1, "on": "4/3/2025"}, "La date ne peut pas être dans le futur."),
        ],
    )
    def test_each_refusal_keeps_what_was_typed(self, client, coach, cases, coordinator, fields, sentence):
        picked = fields.pop("picked")
        response = client.post(url_of(coach), ticks(cases[:picked], note="Départ.") | fields)
        assert response.status_code == 422
        assert sentence in page_of(response)
        assert "Départ." in page_of(response)
        assert page_of(response).count("checked") == picked

    def test_a_day_before_the_case_was_taken_names_the_person(self, client, coach, one, cases, coordinator):
        data = ticks(cases[:1], coach=one.pk, on="1/1/2025", confirmed="on")
        response = client.post(url_of(coach), data)
        assert response.status_code == 422
        assert "Prénom Alpha : La dernière passation date du" in page_of(response)

    def test_a_double_click(self, client, coach, one, cases, coordinator):
        data = ticks(cases, coach=one.pk, confirmed="on", submission_id=str(uuid4()))
        for _n in range(2):
            assert client.post(url_of(coach), data).status_code == 302
        assert CaseAssignment.objects.filter(coach=one).count() == 3

    def test_a_case_gone_meanwhile_is_told(self, client, coach, one, two, cases, coordinator):
        hand_over(case=cases[0], coach=two, on=today(), actor=coordinator)
        response = client.post(url_of(coach), ticks(cases, coach=one.pk, confirmed="on"))
        assert response.status_code == 422
        assert "n’est plus suivi par" in page_of(response)
        assert carriers(cases) == [two, coach, coach]

    def test_nobody_left_to_hand_over(self, client, coach, coordinator):
        assert "Plus aucun dossier ouvert" in page_of(client.get(url_of(coach)))

    def test_back_to_where_it_was_asked_for(self, client, coach, one, cases, coordinator):
        after = reverse("accounts:absence_list")
        response = client.post(url_of(coach), ticks(cases, coach=one.pk, confirmed="on", next=after))
        assert response["Location"] == after

    def test_both_pages_cost_the_same(self, client, coach, coordinator):
        found = []
        for number in (2, 20):
            for _n in range(number):
                a_case(coach)
            for url in (PICK, url_of(coach)):
                client.get(url)
                with CaptureQueriesContext(connection) as seen:
                    assert client.get(url).status_code == 200
                found.append(len(seen))
            a_coach(coach.current_organisation)
        assert found[:2] == found[2:]
        assert max(found) <= 15
