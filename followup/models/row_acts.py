"""What was pressed on a row of the coach's day, kept as long as it can be undone there."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned
from beneficiaries.models import CoachingCase
from followup.models.querysets import RowActManager
from followup.rules.row_acts import RowActKind
from privacy.fields import EncryptedTextField


class RowAct(OrganisationOwned):
    """One press on a row, and which facts it wrote. The facts are audited by themselves; this row lasts for a day.

    `key` is that of the row as it was shown: pressed twice, it is one act. `group` and `due_on` say where the row
    stood, so that it stays there until the next load. `made` names the rows that it wrote, by what they are (`contact`,
    `planned`, `changed`, `draft`, `task`, `request`): names and no foreign keys, since those rows may be taken back
    while this one stays.
    """

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.UUIDField()
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=9, choices=RowActKind.choices)
    group = models.CharField(max_length=9, blank=True)
    due_on = models.DateField(null=True, blank=True)
    made = models.JSONField(default=dict)
    # The fields of the appointment that was changed, as they were: a reason may say much of a person.
    before = EncryptedTextField(context="rowact.before", blank=True, default="")
    # The day that something is put off to; how many calls stayed without an answer, this one included.
    day = models.DateField(null=True, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = RowActManager()

    class Meta:
        verbose_name = _("geste sur une rangée")
        ordering = ["created_at"]
        indexes = [models.Index(fields=["author", "page"], name="rowact_of_page")]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"
