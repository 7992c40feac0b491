"""What somebody wrote of a contact that is not for everybody who reads the case."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned
from beneficiaries.models.people import coach_field
from followup.models.facts import Contact
from followup.models.querysets import ConfidentialNoteManager
from privacy.fields import EncryptedTextField

# What the encrypted words are bound to.
CONTENT = "confidentialnote.content"


class ConfidentialNote(OrganisationOwned):
    """Words kept apart from those of their contact (docs/decisions/0035-confidential-notes.md); one for each author.

    They have a table of their own so that nothing that reads contacts (reports, files, prints, searches, mails) meets
    them by accident.
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="confidential_notes")
    author = coach_field(related_name="+", verbose_name=_("écrite par"))
    content = EncryptedTextField(_("note"), context=CONTENT)

    objects: ClassVar = ConfidentialNoteManager()

    class Meta:
        verbose_name = _("note confidentielle")
        verbose_name_plural = _("notes confidentielles")
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["contact", "author"], name="confidential_one_by_author")]

    def __str__(self) -> str:
        return f"{self.contact_id} / {self.author_id}"
