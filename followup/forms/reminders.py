"""What one receives by mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from followup.enums import MailState
from followup.rules.reminders import OPTIONAL
from foundation.forms import AncrageForm, FilterForm


class ReminderPreferencesForm(AncrageForm):
    """The rules that may be switched off: those that are ticked come by mail."""

    mark_optional = False

    mailed = forms.MultipleChoiceField(
        label=_("Je reçois aussi par courriel"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(rule.code.value, rule.name) for rule in OPTIONAL],
        help_text=_("Sans courriel, le rappel reste dans Ma journée et dans la liste de vos rappels."),
    )

    @property
    def muted(self) -> set[str]:
        """The rules left unticked."""
        return {rule.code.value for rule in OPTIONAL} - set(self.cleaned_data["mailed"])


class MailFilterForm(FilterForm):
    """Which mails to list."""

    etat = forms.ChoiceField(label=_("État"), required=False, choices=[("", _("Tous")), *MailState.choices])

    def asked(self) -> str:
        """The state asked, "" for all."""
        data: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        return str(data.get("etat") or "")
