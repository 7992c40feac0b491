"""What one receives by mail."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from followup.enums import MailState
from followup.rules.kinds import OPTIONAL
from foundation.filters import ListFilter
from foundation.forms import AncrageForm
from foundation.rules.saying import say


class ReminderPreferencesForm(AncrageForm):
    """The rules that may be switched off: those that are ticked come by mail."""

    mark_optional = False

    mailed = forms.MultipleChoiceField(
        label=_("Je reçois aussi par e-mail"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(rule.code.value, say(rule.name)) for rule in OPTIONAL],
        help_text=_("Sans e-mail, le rappel reste dans Ma journée et dans la liste de vos rappels."),
    )

    @property
    def muted(self) -> set[str]:
        """The rules left unticked."""
        return {rule.code.value for rule in OPTIONAL} - set(self.cleaned_data["mailed"])


class MailFilter(ListFilter):
    etat = ChoiceFilter(label=_("État"), empty_label=_("Tous"), field_name="state", choices=MailState.choices)
