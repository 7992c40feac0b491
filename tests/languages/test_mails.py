"""A mail speaks the language of whoever reads it, not that of whoever had it written."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.enums import Role
from accounts.models import User
from followup.services.contacts import plan_appointment
from followup.services.own_calendar import choose_calendar
from followup.services.planning import AppointmentPlan, Guests
from foundation.clock import today
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.factories.calendars import post

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def speaking(user: User, language: str) -> User:
    """The same user, who chose a language."""
    user.language = language
    user.save(update_fields=["language"])
    return user


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("nl-be", "[Ancrage] Een nieuw wachtwoord kiezen", "Dag,"),
        ("de-be", "[Ancrage] Neues Passwort wählen", "Guten Tag"),
        ("fr-be", "[Ancrage] Choisir un nouveau mot de passe", "Bonjour"),
    ],
)
def test_a_forgotten_password_is_told_in_the_language_of_its_owner(mailoutbox, language, subject, words) -> None:
    user = speaking(user_with(Role.JOBCOACH), language)
    Client(headers={"accept-language": "en"}).post(reverse("account_reset_password"), {"email": user.email})
    [mail] = mailoutbox
    assert mail.subject == subject
    assert words in mail.body
    assert language == "fr-be" or "mot de passe" not in mail.body


@pytest.mark.parametrize("acting", ["fr-be", "nl-be", "de-be"])
def test_an_invitation_speaks_to_its_guest_whoever_plans(frozen, acting) -> None:
    """The coach reads German; the person, whose language is not known, French; whatever the page speaks meanwhile."""
    coach = speaking(stories.a_coach(), "de-be")
    choose_calendar(is_invited=True, address=None, actor=coach)
    case = stories.in_prehire(coach, email="personne@example.org")
    coordinator = speaking(user_with(Role.COORDINATOR, case.organisation), acting)
    plan = AppointmentPlan(on=today() + timedelta(days=2), at=time(10), channel="IN_PERSON", guests=Guests(person=True))
    with override(acting):
        plan_appointment(case=case, plan=plan, actor=coordinator)
    told = {one.to: one.summary for one in post()}
    assert told["personne@example.org"].startswith("Rendez-vous avec")
    assert told[coach.email].startswith("Termin")
