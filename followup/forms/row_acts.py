"""What a press on a row carries, and the two forms that ask a word more."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from followup.forms.contacts import NEXT_SHORTCUTS
from followup.services.row_acts import Press
from foundation.forms import AncrageForm, FrenchDateField, FrenchTimeField


class SeenField(forms.CharField):
    """The last writing that a row showed, as the page wrote it; none for a case of which nothing is written."""

    def to_python(self, value: Any) -> datetime | None:  # type: ignore[override]
        try:
            return parse_datetime(str(value or ""))
        except ValueError:
            return None


def _hidden(kind: type[forms.Field] = forms.CharField, **given: Any) -> Any:
    return kind(required=False, widget=forms.HiddenInput, **given)


class PressForm(AncrageForm):
    """The page, the row, what it showed and where it stood: hidden in each form of a row."""

    page = _hidden(forms.UUIDField)
    key = _hidden(forms.UUIDField)
    seen = _hidden(SeenField)
    group = _hidden(max_length=9)
    due = _hidden(forms.DateField)

    def press(self) -> Press:
        """What was pressed, as the services read it; what is missing or was tampered with names nothing."""
        data = self.cleaned_data
        return Press(
            page=data.get("page") or uuid4(),
            key=data.get("key") or uuid4(),
            seen=data.get("seen"),
            group=data.get("group", ""),
            due_on=data.get("due"),
        )


class PostponeForm(PressForm):
    """Another day, and why."""

    next_on = FrenchDateField(label=_("Nouveau jour"), not_past=True, shortcuts=NEXT_SHORTCUTS)
    next_at = FrenchTimeField(label=_("Heure"), required=False)
    reason = forms.CharField(
        label=_("Pourquoi"), max_length=200, required=False, help_text=_("Quelques mots suffisent.")
    )


class NoteForm(PressForm):
    """A few words for the next contact."""

    words = forms.CharField(
        label=_("Note"),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Elle vous attend dans le récit du prochain contact."),
    )
