"""Mending a contact that was written wrongly."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import NotAllowed
from beneficiaries.services.path import set_objective, settle_objective
from followup.models import CaseStatus, Contact
from followup.selectors import thread_acts
from followup.services.consistency import differences
from followup.services.contacts import ContactStatement
from followup.services.corrections import correct_contact
from foundation.clock import today
from privacy.history import history_of
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, a_contact
from tests.factories.worlds import becomes

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def url(contact: Contact) -> str:
    return reverse("followup:contact_correct", args=[contact.case_id, contact.pk])


def typed(**fields) -> dict[str, object]:
    return {
        "on": f"{today() - 2 * DAY:%d/%m/%Y}",
        "channel": "PHONE",
        "party": "BENEFICIARY",
        "outcome": "HELD",
        "minutes": "20",
        "summary": "Appel, et non visite.",
        "reason": "Mauvais jour",
    } | fields


def statement_of(contact: Contact) -> ContactStatement:
    return ContactStatement(
        on=contact.on,
        channel=contact.channel,
        party=contact.party,
        outcome=contact.outcome,
        minutes=contact.minutes,
        summary=contact.summary,
    )


@pytest.fixture
def contact(frozen) -> Contact:
    return a_contact(a_case(a_coach()))


def test_it_opens_as_it_is_written_with_the_goals_it_served(contact, page_of):
    case = contact.case
    goal = set_objective(case=case, title="Permis B", set_on=today(), actor=case.coach)
    settle_objective(objective=goal, state="ACHIEVED", on=today(), actor=case.coach)
    contact.objectives.add(goal)
    form = page_of(case.coach, url(contact)).context["form"]
    assert form["summary"].value() == contact.summary
    assert form["on"].value() == contact.on
    assert [choice.data["selected"] for choice in form["objectives"]] == [True]
    assert "next_on" not in form.fields


def test_it_is_rewritten_and_what_was_there_stays_in_the_history(contact, send):
    case = contact.case
    response = send(case.coach, url(contact), typed())
    assert response["Location"] == reverse("followup:case_summary", args=[case.pk])
    contact.refresh_from_db()
    assert (contact.on, contact.channel, contact.minutes) == (today() - 2 * DAY, "PHONE", 20)
    assert CaseStatus.objects.get(case=case).last_contact_on == today() - 2 * DAY
    assert list(differences()) == []
    changed = next(line for line in history_of([contact]) if any(c.label == "durée" for c in line.changes))
    assert {change.before for change in changed.changes} >= {"45"}


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"reason": ""}, "reason", "Remplissez « Motif de la correction »."),
        ({"on": "01/01/2025"}, "on", "Le dossier n’est ouvert que depuis le 11/02/2025."),
        ({"summary": ""}, "summary", "Dites en une phrase ce qui s’est dit."),
    ],
)
def test_it_answers_to_the_rules_of_a_new_one(contact, send, fields, field, sentence):
    response = send(contact.case.coach, url(contact), typed(**fields))
    assert response.status_code == 422
    assert response.context["form"].errors[field] == [sentence]
    contact.refresh_from_db()
    assert contact.minutes == 45


def test_its_author_and_a_coordinator_find_it_in_the_thread(contact, page_of):
    case = contact.case
    thread = reverse("followup:case_summary", args=[case.pk])
    assert url(contact) in page_of(case.coach, thread).content.decode()
    assert url(contact) in page_of(user_with(Role.COORDINATOR, case.organisation), thread).content.decode()
    assert url(contact) not in page_of(user_with(Role.ADMIN, case.organisation), thread).content.decode()


@pytest.mark.parametrize("role", [Role.JOBCOACH, Role.ADMIN])
def test_nobody_else_corrects_it(contact, page_of, send, role):
    other = user_with(role, contact.organisation)
    if role is Role.JOBCOACH:
        assert page_of(other, url(a_contact(a_case(other)))).status_code == 200
    assert page_of(other, url(contact)).status_code == 403
    assert send(other, url(contact), typed()).status_code == 403


@pytest.fixture
def former(contact) -> User:
    """The author of the contact, who coaches no more and still reads cases."""
    return User.objects.get(pk=becomes(contact.case.coach, Role.ADMIN).pk)


def test_the_thread_offers_nothing_to_an_author_who_coaches_no_more(contact, former, page_of):
    shown = page_of(former, reverse("followup:case_summary", args=[contact.case_id]))
    assert shown.status_code == 200
    assert contact.summary in shown.content.decode()
    assert url(contact) not in shown.content.decode()


def test_an_author_who_coaches_no_more_corrects_no_more(contact, former, page_of, send):
    assert page_of(former, url(contact)).status_code == 403
    assert send(former, url(contact), typed()).status_code == 403
    with pytest.raises(NotAllowed):
        correct_contact(contact=contact, statement=statement_of(contact), reason="Mauvais jour", actor=former)


def test_the_thread_asks_the_right_once_of_each_author(contact, page_of, monkeypatch):
    case, asked = contact.case, []
    for _ in range(4):
        a_contact(case)
    monkeypatch.setattr(thread_acts, "allows", lambda user, name, about: asked.append((name, about.coach_id)))
    page_of(case.coach, reverse("followup:case_summary", args=[case.pk]))
    contacts = [one for one in asked if one[0] == "followup.correct_contact"]
    assert contacts == [("followup.correct_contact", case.coach_id)]


def test_another_case_s_or_another_organisation_s_contact_does_not_exist(contact, page_of):
    stranger = a_coach()
    own = a_case(stranger)
    assert page_of(stranger, url(contact)).status_code == 404
    assert page_of(stranger, reverse("followup:contact_correct", args=[own.pk, contact.pk])).status_code == 404
    assert page_of(contact.case.coach, url(contact)).statements <= 14  # two are the line of the case
