"""What this app tells in the history of a case: contacts, appointments, collective sessions and tasks."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import CoachingCase
from beneficiaries.registries import RowWords
from followup.models import Appointment, Attendance, CaseTask, ConfidentialNote, Contact


def followup_rows(case: CoachingCase) -> Sequence[QuerySet[Any]]:
    """The rows of this app that hang on a case."""
    apart = ConfidentialNote.objects.filter(contact__case=case)
    return [*(model.objects.filter(case=case) for model in (Contact, Appointment, Attendance, CaseTask)), apart]


FOLLOWUP_WORDS: Mapping[type[Model], RowWords] = {
    Contact: RowWords(created=_("a consigné un contact"), changed=_("a corrigé un contact")),
    # That it changed, never its words: the trail masks what is encrypted.
    ConfidentialNote: RowWords(
        created=_("a écrit une note confidentielle"), changed=_("a modifié une note confidentielle")
    ),
    # That a contact answers an appointment is told by the contact.
    Appointment: RowWords(
        created=_("a fixé un rendez-vous"), changed=_("a modifié un rendez-vous"), noise=frozenset({"contact"})
    ),
    Attendance: RowWords(
        created=_("a inscrit la personne à une séance collective"),
        changed=_("a noté la présence à une séance collective"),
        noise=frozenset({"session"}),
    ),
    # Who says that it is done is whoever wrote the line.
    CaseTask: RowWords(
        created=_("a ajouté une tâche"),
        changed=_("a modifié une tâche"),
        named=False,
        noise=frozenset({"line", "meeting", "done_by"}),
    ),
}
