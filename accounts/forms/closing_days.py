"""The form of the days on which the organisation is closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.rules.closing_days import Closing
from accounts.services.closing_days import BOUNDS
from foundation.forms import AncrageForm, FrenchDateField, SubmissionIdMixin
from foundation.layouts import Layout, Row


class ClosingDayForm(SubmissionIdMixin, AncrageForm):
    """Which days, why, and the holiday that they make up for if any."""

    name = forms.CharField(label=_("Intitulé"), max_length=100, help_text=_("Comme il se lira dans l’agenda."))
    starts_on = FrenchDateField(label=_("Premier jour"), bounds=BOUNDS)
    ends_on = FrenchDateField(
        label=_("Dernier jour (compris)"), required=False, bounds=BOUNDS, help_text=_("Vide : un seul jour.")
    )
    replaces = forms.ChoiceField(
        label=_("Jour férié remplacé"),
        required=False,
        help_text=_("Un férié qui tombe un samedi ou un dimanche se remplace par un jour ouvrable."),
    )

    layout = Layout("name", Row("starts_on", "ends_on"), "replaces")

    def __init__(self, *args: Any, holidays: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["replaces"]
        field.choices = [("", _("Aucun")), *holidays]

    def closing(self) -> Closing:
        """What the service receives."""
        data = self.cleaned_data
        return Closing(
            data["starts_on"],
            data["ends_on"] or data["starts_on"],
            data["name"],
            date.fromisoformat(data["replaces"]) if data["replaces"] else None,
        )
