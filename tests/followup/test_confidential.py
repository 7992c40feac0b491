"""What is kept apart from a contact: who reads it, who writes it, where it never goes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import NotAllowed, allows
from accounts.services.taking_back import TakeBackRefused
from followup.models import ConfidentialNote, Contact, ContactDraft
from followup.selectors.confidential import notes_apart
from followup.selectors.events import event_rows
from followup.services.confidential import keep_note
from followup.services.taking_back import remove_contact
from foundation.clock import today
from privacy.history import history_of
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, a_contact, an_absence

SECRET = "Elle parle de violences chez elle."


@pytest.fixture
def contact(frozen, db):
    return a_contact(a_case(a_coach()))


def kept(contact, actor=None, words=SECRET):
    return keep_note(contact=contact, words=words, actor=actor or contact.case.coach)


def thread(contact):
    return reverse("followup:case_summary", args=[contact.case_id])


def shown_to(reader, case):
    return notes_apart(case, event_rows(case, reader), reader)


def url(contact):
    return reverse("followup:confidential_note", args=[contact.case_id, contact.pk])


def readers(contact, stand_in):
    """Everybody around a note: what the database gives them, and what the permission says, must be the same."""
    house = contact.organisation
    return {
        "coach": (contact.case.coach, True),
        "coordinator": (user_with(Role.COORDINATOR, house), True),
        "stand-in": (stand_in, True),
        "colleague": (a_coach(house), False),
        "admin": (user_with(Role.ADMIN, house), False),
        "inspector": (user_with(Role.INSPECTOR, house), False),
        "coordinator elsewhere": (user_with(Role.COORDINATOR), False),
    }


def test_only_those_it_is_meant_for_read_it(contact):
    note = kept(contact)
    stand_in = a_coach(contact.organisation)
    an_absence(contact.case.coach, starts_on=today(), replacement=stand_in)
    for who, (reader, reads) in readers(contact, stand_in).items():
        assert allows(reader, "followup.read_confidential", note) is reads, who
        assert ConfidentialNote.objects.visible_to(reader).exists() is reads, who
        assert bool(shown_to(reader, contact.case)) is reads, who


def test_a_stand_in_reads_it_no_longer_when_the_absence_is_over(contact):
    note = kept(contact)
    stand_in = a_coach(contact.organisation)
    an_absence(contact.case.coach, starts_on=today() + timedelta(days=1), replacement=stand_in)
    assert not allows(stand_in, "followup.read_confidential", note)
    assert not shown_to(stand_in, contact.case)


def test_the_thread_folds_it_for_its_readers_and_hides_it_from_colleagues(contact, page_of):
    kept(contact)
    seen = page_of(contact.case.coach, thread(contact)).content.decode()
    assert SECRET in seen
    assert '<details class="thread-apart">' in seen
    assert SECRET not in page_of(a_coach(contact.organisation), thread(contact)).content.decode()
    # Not even its author finds it by its words.
    assert SECRET not in page_of(contact.case.coach, f"{thread(contact)}?mots=violences").content.decode()


def test_it_stays_out_of_the_contact_and_out_of_the_database_in_clear(contact):
    kept(contact)
    contact.refresh_from_db()
    assert "violences" not in contact.words + contact.summary
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM followup_confidentialnote")
        (stored,) = cursor.fetchone()
    assert "violences" not in stored


def test_each_keeps_their_own_and_rewrites_nobody_elses(contact):
    kept(contact)
    coordinator = user_with(Role.COORDINATOR, contact.organisation)
    kept(contact, coordinator, "Vu avec elle.")
    kept(contact, words="Autres mots.")
    assert {note.content for note in ConfidentialNote.objects.all()} == {"Autres mots.", "Vu avec elle."}
    kept(contact, words=" ")
    assert [note.author for note in ConfidentialNote.objects.all()] == [coordinator]


def test_a_colleague_keeps_none(contact, page_of):
    colleague = a_coach(contact.organisation)
    with pytest.raises(NotAllowed):
        kept(contact, colleague)
    assert page_of(colleague, url(contact)).status_code == 403


def test_the_trail_tells_that_it_changed_and_not_its_words(contact):
    note = kept(contact)
    kept(contact, words="Autres mots.")
    lines = history_of([note])
    assert len(lines) == 2
    told = " ".join(f"{line.subject} {change.before} {change.after}" for line in lines for change in line.changes)
    assert "•••" in told
    assert "violences" not in told
    assert "Autres mots" not in told


def test_a_contact_that_carries_one_is_not_taken_back(contact):
    kept(contact)
    with pytest.raises(TakeBackRefused):
        remove_contact(contact, contact.case.coach)
    assert ConfidentialNote.objects.exists()


def test_it_is_written_from_the_thread_and_opens_as_it_was(contact, page_of, send):
    coach = contact.case.coach
    assert url(contact) in page_of(coach, thread(contact)).content.decode()
    assert send(coach, url(contact), {"words": SECRET})["Location"] == thread(contact)
    assert page_of(coach, url(contact)).context["form"]["words"].value() == SECRET


def form_url(case):
    return reverse("followup:contact_create", args=[case.pk])


SAID = {"on": "03/03/2025", "channel": "PHONE", "party": "BENEFICIARY", "outcome": "HELD", "minutes": "20"}


@pytest.fixture
def case(frozen, db):
    return a_case(a_coach())


def told(**more):
    return SAID | {"summary": "Le point est fait.", "submission_id": str(uuid4()), "apart": SECRET} | more


def test_it_is_written_with_the_contact_itself(case, send):
    sent = told()
    for _time in range(2):
        assert send(case.coach, form_url(case), sent).status_code == 302
    (contact,) = Contact.objects.all()
    assert "violences" not in contact.summary
    assert [(note.author, note.content) for note in contact.confidential_notes.all()] == [(case.coach, SECRET)]


def test_a_form_that_comes_back_adds_a_note_and_overwrites_none(case, send):
    sent = told(apart="")
    send(case.coach, form_url(case), sent)
    assert not ConfidentialNote.objects.exists()
    assert send(case.coach, form_url(case), sent | {"apart": SECRET}).status_code == 302
    refused = send(case.coach, form_url(case), sent | {"apart": "Autres mots."})
    assert refused.status_code == 422
    assert "apart" in refused.context["form"].errors
    send(case.coach, form_url(case), sent)
    assert [note.content for note in ConfidentialNote.objects.all()] == [SECRET]


def test_a_draft_keeps_it_sealed_and_for_its_author_alone(case, send, page_of):
    stand_in = a_coach(case.organisation)
    an_absence(case.coach, starts_on=today(), replacement=stand_in)
    sent = told(summary="", page=str(uuid4()))
    send(case.coach, reverse("followup:contact_draft", args=[case.pk]), sent)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM followup_contactdraft")
        (stored,) = cursor.fetchone()
    assert "violences" not in stored
    assert page_of(case.coach, form_url(case)).context["form"]["apart"].value() == SECRET
    for reader in (stand_in, user_with(Role.COORDINATOR, case.organisation)):
        assert SECRET not in page_of(reader, form_url(case)).content.decode()


def test_what_arrives_after_the_contact_is_a_draft_only_when_it_says_more(case, send):
    sent = told(page=str(uuid4()))
    send(case.coach, form_url(case), sent)
    draft = reverse("followup:contact_draft", args=[case.pk])
    send(case.coach, draft, sent)
    assert not ContactDraft.objects.exists()
    send(case.coach, draft, sent | {"apart": "Elle dit aussi autre chose."})
    assert ContactDraft.objects.get().words["apart"] == "Elle dit aussi autre chose."
