"""What helps writing: phrases of one's own, all refusals in one wave, a text too long told and not cut."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import NotAllowed
from followup.forms.pills import OTHER, minute_pills
from followup.models import Contact, ContactDraft, QuickPhrases
from followup.rules.writing import MOST_PHRASES
from followup.selectors.phrases import phrases_of
from followup.services.contacts import AppointmentPlan, ContactRefused, ContactStatement, record_contact
from followup.services.drafts import Opening, save_draft
from followup.services.phrases import PhrasesRefused, keep_phrases
from foundation.clock import today
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach

rules = pytest.mark.once
db = pytest.mark.django_db
WORDS = "Elle a trouvé une garde pour le petit."


@rules
@pytest.mark.parametrize(
    ("typed", "chosen"), [("45", "45"), (45, "45"), ("", None), (None, None), ("1h3", OTHER), (75, OTHER)]
)
def test_a_duration_is_pressed_or_it_is_another(typed: object, chosen: str | None) -> None:
    assert [pill.value for pill in minute_pills(typed) if pill.chosen] == ([chosen] if chosen else [])


@db
def test_phrases_are_one_s_own_and_in_one_s_order(client):
    coach, colleague = a_coach(), a_coach()
    client.force_login(coach)
    address = reverse("followup:phrases")
    assert client.post(address, {"phrases": "À rappeler\n\nTient le rythme\nÀ rappeler"}).status_code == 302
    assert phrases_of(coach) == ["À rappeler", "Tient le rythme"]
    assert phrases_of(colleague) == []
    form = reverse("followup:contact_create", args=[a_case(coach).pk])
    page = client.get(form).content.decode()
    assert page.index("À rappeler") < page.index("Tient le rythme")
    assert client.post(address, {"phrases": ""}).status_code == 302
    assert phrases_of(coach) == []
    assert QuickPhrases.objects.count() == 1


@db
def test_too_many_phrases_are_told_and_stay_typed(client):
    coach = a_coach()
    client.force_login(coach)
    typed = "\n".join(f"Phrase {n}" for n in range(MOST_PHRASES + 1))
    refused = client.post(reverse("followup:phrases"), {"phrases": typed})
    assert refused.status_code == 422
    assert f"Phrase {MOST_PHRASES}" in refused.content.decode()
    with pytest.raises(PhrasesRefused):
        keep_phrases(typed=typed, actor=coach)
    with pytest.raises(NotAllowed):
        keep_phrases(typed="x", actor=user_with(Role.ANALYST))


def statement(**fields: object) -> ContactStatement:
    told = {"on": today(), "channel": "PHONE", "party": "BENEFICIARY", "minutes": 20, "summary": WORDS} | fields
    return ContactStatement(**told)  # type: ignore[arg-type]


@db
def test_a_service_tells_all_that_it_refuses(frozen):
    case = a_case(a_coach())
    plan = AppointmentPlan(on=today() - timedelta(days=1), channel="PHONE")
    wrong = statement(minutes=0, summary=" ", party="EMPLOYER", on=date(2025, 1, 1))
    with pytest.raises(ContactRefused) as refused:
        record_contact(case=case, statement=wrong, next_appointment=plan, actor=case.coach)
    told = {refused.value.field, *(one.field for one in refused.value.also)}
    assert told == {"on", "minutes", "summary", "company", "next_on"}
    assert not Contact.objects.exists()


@db
def test_a_field_that_cannot_be_read_hides_no_other_fault(frozen, send):
    case = a_case(a_coach())
    sent = {"on": "pas une date", "channel": "PHONE", "minutes": "", "summary": "", "next_on": "1/1/2025"}
    page = send(case.coach, reverse("followup:contact_create", args=[case.pk]), sent)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"on", "minutes", "summary", "next_on"}
    summary = page.content.decode().split("error-summary-list")[1].split("</ul>")[0]
    for name, target in (("Date", "id_on"), ("Minutes", "id_minutes"), ("Prochain rendez-vous", "id_next_on")):
        assert f'<a href="#{target}">' in summary
        assert name.lower() in summary.lower()


@db
def test_what_is_too_long_is_told_and_comes_back_whole(frozen, send):
    case = a_case(a_coach())
    long = "x" * 22_130
    sent = {"on": "3/3/2025", "channel": "PHONE", "minutes": "20", "summary": long}
    page = send(case.coach, reverse("followup:contact_create", args=[case.pk]), sent)
    (message,) = page.context["form"].errors["summary"]
    assert message.startswith("2\u202f130 signes de trop")
    assert long in page.content.decode()
    assert "maxlength" not in page.content.decode().split("contact-form")[1].split("</form>")[0]


@db
def test_a_duration_is_typed_beside_the_pills(frozen, send):
    case = a_case(a_coach())
    sent = {"on": "3/3/2025", "channel": "PHONE", "minutes": OTHER, "minutes_autre": "1h30", "summary": WORDS}
    assert send(case.coach, reverse("followup:contact_create", args=[case.pk]), sent).status_code == 302
    assert Contact.objects.get().minutes == 90


@db
def test_a_draft_that_left_before_its_contact_and_arrives_after_it_is_none(frozen):
    case = a_case(a_coach())
    opening = Opening(form=QuickPhrases().pk)
    record_contact(case=case, statement=statement(), actor=case.coach, submission_id=opening.form)
    late = {"summary": WORDS[:20]}
    assert save_draft(case=case, content=late, actor=case.coach, opening=opening) is None
    assert not ContactDraft.objects.exists()
