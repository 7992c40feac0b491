"""Whether the mails leave: for whoever looks after the installation."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.views.base import SettingsMixin
from followup.forms.reminders import MailFilter
from followup.models import OutboxMail
from followup.rules.invitations import COLLEAGUES
from followup.selectors.reminders import latest_run, mail_counts, mails_visible_to
from followup.services.outbox import send_again
from foundation.keyset import SortKey
from foundation.views import ConfirmActView, FilteredListMixin, PageView
from foundation.ways import Way


class MailListView(SettingsMixin, FilteredListMixin, PageView):
    """Every mail of the organisation with its state, without its text."""

    permission = "followup.manage_mails"
    section = "followup:mail_list"
    template_name = "followup/mail_list.html"
    page_title = gettext_lazy("E-mails")
    filterset_class = MailFilter
    keys = (SortKey("queued_at", backwards=True),)

    def get_queryset(self) -> QuerySet[OutboxMail]:
        """The latest first."""
        return mails_visible_to(self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how many stand in each state, and the latest run."""
        return super().get_context_data(counts=mail_counts(self.actor), run=latest_run(), **kwargs)


def addressee(mail: OutboxMail) -> str:
    """To whom it goes: the address of somebody of the house; of a guest, as what they are invited."""
    words: str = mail.get_guest_display() if mail.guest and mail.guest not in COLLEAGUES else mail.user.email
    return words


class MailSendAgainView(SettingsMixin, ConfirmActView):
    """Sending a mail that failed once more."""

    permission = "followup.manage_mails"
    section = "followup:mail_list"
    page_title = gettext_lazy("Renvoyer cet e-mail ?")
    submit_label = gettext_lazy("Renvoyer")
    success_message = gettext_lazy("L’e-mail repart dans les minutes qui viennent.")
    danger = False
    leads_to = Way("followup:mail_list")

    def get_consequences(self) -> tuple[str, ...]:
        """To whom, and why it failed."""
        mail = self.mail
        return (
            _("« %(subject)s », à %(address)s.") % {"subject": mail.subject, "address": addressee(mail)},
            _("Dernière erreur : %(error)s") % {"error": mail.error or _("aucune")},
        )

    @cached_property
    def mail(self) -> OutboxMail:
        """The mail of the address, of the organisation."""
        found: OutboxMail = get_object_or_404(
            OutboxMail.objects.visible_to(self.actor).select_related("user"), pk=self.kwargs["mail_id"]
        )
        return found

    def act(self, form: Any) -> OutboxMail:
        return send_again(mail=self.mail, actor=self.actor)
