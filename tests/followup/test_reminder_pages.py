"""The pages of reminders: what waits for me, what I receive, whether mails leave."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import CoachingCase
from followup.enums import MailState
from followup.models import MutedRule, OutboxMail
from followup.services.reminders import run_day
from foundation.clock import today
from tests.conftest import FrozenClock
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.factories.crowds import a_crowd
from tests.factories.worlds import a_mail

pytestmark = pytest.mark.django_db

LIST = reverse("followup:reminder_list")
PREFERENCES = reverse("followup:reminder_preferences")
# All that may be switched off, but the contacts of the person.
KEPT = ["EMPLOYER", "APPOINTMENT", "TASK", "SIGNATURE", "INTAKE_END"]
MAILS = reverse("followup:mail_list")
LIMIT = 15


@pytest.fixture
def coach(frozen: FrozenClock) -> User:
    return stories.a_coach()


@pytest.fixture
def late(coach: User) -> CoachingCase:
    return stories.in_prehire(coach, since=date(2025, 2, 10), first_name="Zoé", last_name="Quelconque")


def browser(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


class TestList:
    def test_what_waits_for_me(self, coach: User, late: CoachingCase) -> None:
        stories.in_prehire(stories.a_coach(coach.current_organisation), since=date(2025, 2, 10))
        run_day(on=today())
        page = browser(coach).get(LIST).content.decode()
        assert "1 rappel en cours" in page
        assert "Zoé Quelconque" in page
        assert "Contact avec la personne" in page
        assert "en retard de 2 semaines" in page
        assert "Signalés à la coordination" not in page

    def test_the_replacement_sees_for_whom(self, coach: User, late: CoachingCase) -> None:
        stand_in = stories.a_coach(coach.current_organisation)
        coach.absences.create(
            organisation=coach.current_organisation, starts_on=today(), ends_on=today(), replacement=stand_in
        )
        run_day(on=today())
        assert f"en remplacement de {coach}" in browser(stand_in).get(LIST).content.decode()

    def test_coordinators_see_what_was_passed_on(self, coach: User, late: CoachingCase) -> None:
        coordinator = user_with(Role.COORDINATOR, coach.current_organisation)
        run_day(on=today())
        client = browser(coordinator)
        assert "Aucun rappel" in client.get(LIST, {"voir": "miens"}).content.decode()
        # With nothing of one's own, the page opens where something waits.
        for address in (LIST, f"{LIST}?voir=coordination"):
            assert "Zoé Quelconque" in client.get(address).content.decode()
        page = client.get(LIST).content.decode()
        assert "Zoé Quelconque" in page
        assert "signalé le 03/03/2025" in page
        assert str(coach) in page

    def test_a_coordinator_with_reminders_of_their_own_begins_with_these(self, coach: User, late: CoachingCase) -> None:
        both = user_with(Role.JOBCOACH, coach.current_organisation)
        both.memberships.create(organisation=coach.current_organisation, role=Role.COORDINATOR, starts_on=today())
        stories.in_prehire(both, since=date(2025, 2, 10), first_name="Anne", last_name="Exemple")
        run_day(on=today())
        page = browser(both).get(LIST).content.decode()
        assert "Anne Exemple" in page
        assert "Zoé Quelconque" not in page

    def test_a_coach_does_not_reach_the_list_of_the_coordinators(self, coach: User, late: CoachingCase) -> None:
        run_day(on=today())
        colleague = stories.a_coach(coach.current_organisation)
        assert "Zoé" not in browser(colleague).get(LIST, {"voir": "coordination"}).content.decode()

    @pytest.mark.parametrize("number", [2, 40])
    def test_the_page_costs_the_same_whatever_the_number(
        self, coach: User, number: int, django_assert_max_num_queries
    ) -> None:
        vacancy = stories.a_vacancy(coach)
        a_crowd([coach], number, vacancy.company, vacancy)
        run_day(on=today())
        client = browser(coach)
        client.get(LIST)
        with django_assert_max_num_queries(LIMIT) as counted:
            client.get(LIST)
        assert len(counted) <= 8


class TestPreferences:
    def test_choosing(self, coach: User) -> None:
        client = browser(coach)
        page = client.get(PREFERENCES).content.decode()
        assert page.count("checked") == page.count('type="checkbox"') == 6
        assert "Fin des 24 mois" in page
        answer = client.post(PREFERENCES, {"mailed": KEPT}, follow=True)
        assert "Vos choix sont enregistrés." in answer.content.decode()
        assert list(MutedRule.objects.values_list("user", "rule")) == [(coach.pk, "CONTACT")]
        assert client.get(PREFERENCES).content.decode().count("checked") == 5
        # Sent twice, it is the same choice.
        client.post(PREFERENCES, {"mailed": KEPT})
        assert MutedRule.objects.count() == 1

    def test_a_rule_that_is_not_offered(self, coach: User) -> None:
        answer = browser(coach).post(PREFERENCES, {"mailed": ["EMPLOYER", "PREHIRE_END"]})
        assert answer.status_code == 422
        assert not MutedRule.objects.exists()

    def test_the_profile_leads_there(self, coach: User) -> None:
        profile = reverse("accounts:profile")
        assert PREFERENCES in browser(coach).get(profile).content.decode()
        admin = user_with(Role.ADMIN, coach.current_organisation)
        assert PREFERENCES not in browser(admin).get(profile).content.decode()


class TestMails:
    @pytest.fixture
    def admin(self, coach: User) -> User:
        return user_with(Role.ADMIN, coach.current_organisation)

    def test_the_state_of_each_mail_and_not_its_text(self, coach: User, admin: User, late: CoachingCase) -> None:
        assert "n’ont encore jamais été préparés" in browser(admin).get(MAILS).content.decode()
        run_day(on=today())
        a_mail(coach)
        a_mail(stories.a_coach())
        page = browser(admin).get(MAILS).content.decode()
        assert "2 e-mails" in page
        assert "à envoyer" in page
        assert "envoyé" in page
        assert coach.email in page
        assert "Dernier passage des rappels : celui du 03/03/2025" in page
        assert "Z. Q." not in page
        only = browser(admin).get(MAILS, {"etat": "QUEUED"}).content.decode()
        assert "1 e-mail" in only

    def test_sending_a_failed_mail_again(self, coach: User, admin: User) -> None:
        mail = a_mail(coach)
        address = reverse("followup:mail_send_again", args=[mail.pk])
        client = browser(admin)
        refused = client.post(address)
        assert refused.status_code == 422
        assert "Cet e-mail n’est pas en échec" in refused.content.decode()
        OutboxMail.objects.filter(pk=mail.pk).update(state=MailState.FAILED, sent_at=None, error="550 inconnu")
        assert "Renvoyer" in client.get(MAILS).content.decode()
        page = client.get(address).content.decode()
        assert "550 inconnu" in page
        assert coach.email in page
        assert "repart" in client.post(address, follow=True).content.decode()
        mail.refresh_from_db()
        assert mail.state == MailState.QUEUED

    def test_of_another_organisation(self, admin: User) -> None:
        mail = a_mail(stories.a_coach())
        assert browser(admin).get(reverse("followup:mail_send_again", args=[mail.pk])).status_code == 404

    @pytest.mark.parametrize("number", [2, 30])
    def test_the_page_costs_the_same_whatever_the_number(
        self, coach: User, admin: User, number: int, frozen: FrozenClock, django_assert_max_num_queries
    ) -> None:
        for _ in range(number):
            a_mail(stories.a_coach(coach.current_organisation))
        frozen(today() + timedelta(days=1))
        client = browser(admin)
        client.get(MAILS)
        with django_assert_max_num_queries(LIMIT) as counted:
            client.get(MAILS)
        assert len(counted) <= 8
