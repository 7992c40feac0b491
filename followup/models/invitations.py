"""What each guest was last told of an appointment or a session, so that their calendar is kept true."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned
from accounts.models.querysets import OrganisationScopedManager
from followup.rules.invitations import Guest
from privacy.fields import EncryptedTextField


class Invitation(OrganisationOwned):
    """One guest of one appointment, through all its moves: what their calendar holds, the number of the last change.

    It names no case and survives it, so that what is erased here is still taken out of the calendars. `life` is the key
    that the appointment keeps (`Appointment.uid_key`), `guest_key` the row that the guest is, `user` the coach in whose
    name it was sent. `told` is what was last written to them, empty when that called it off; `before`, what they knew
    before `mail`, should that mail not have left yet.
    """

    #: whoever looks after the installation sees that mails leave
    read_permission: ClassVar = "followup.manage_mails"

    life = models.UUIDField()
    guest = models.CharField(max_length=7, choices=Guest.choices)
    guest_key = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    address = EncryptedTextField(context="invitation.address")
    sequence = models.PositiveIntegerField(default=0)
    told = EncryptedTextField(context="invitation.told", blank=True)
    before = EncryptedTextField(context="invitation.before", blank=True)
    mail = models.ForeignKey("followup.OutboxMail", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar = OrganisationScopedManager()

    class Meta:
        verbose_name = _("invitation")
        ordering = ["life", "guest"]
        constraints = [models.UniqueConstraint(fields=["life", "guest_key"], name="invitation_once_a_guest")]

    def __str__(self) -> str:
        return f"{self.life} {self.guest}"
