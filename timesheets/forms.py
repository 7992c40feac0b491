"""Forms of the time sheets: other work, a signature, a reopening."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Project
from foundation.forms import AncrageForm, FrenchDateField, MinutesField, SubmissionIdMixin
from foundation.layouts import Layout, Row
from timesheets.enums import Activity
from timesheets.rules.sheets import last_day
from timesheets.services import EntryStatement


class EntryForm(SubmissionIdMixin, AncrageForm):
    """Work that no contact and no session tells."""

    on = FrenchDateField(label=_("Date"))
    minutes = MinutesField(label=_("Durée"), help_text=_("45 min ou 1h30."))
    activity = forms.ChoiceField(label=_("Activité"), choices=Activity.choices)
    project = forms.ChoiceField(label=_("Projet"), required=False)
    words = forms.CharField(label=_("Précision"), max_length=200, required=False)

    layout = Layout(Row("on", "minutes"), Row("activity", "project"), "words")

    def __init__(self, *args: Any, projects: Iterable[Project], month: date, **kwargs: Any) -> None:
        """Offer the projects that run on at least one day of the month, and none."""
        super().__init__(*args, **kwargs)
        last = last_day(month)
        self.projects = {
            str(one.pk): one for one in projects if one.starts_on <= last and (not one.ends_on or one.ends_on >= month)
        }
        offered = [(key, str(one)) for key, one in self.projects.items()]
        cast(forms.ChoiceField, self.fields["project"]).choices = [("", _("aucun projet")), *offered]

    def statement(self) -> EntryStatement:
        """What was typed, as the service reads it."""
        data = self.cleaned_data
        return EntryStatement(
            on=data["on"],
            minutes=data["minutes"],
            activity=data["activity"],
            project=self.projects.get(data["project"]),
            words=data["words"],
        )

    @property
    def sent_id(self) -> UUID | None:
        """The identity of this very form, so that sent twice it is kept once."""
        found: UUID | None = self.cleaned_data.get("submission_id")
        return found


class SignForm(AncrageForm):
    """One's own name, typed."""

    typed_name = forms.CharField(
        label=_("Votre prénom et votre nom"),
        max_length=201,
        help_text=_("Tapés en entier, ils valent signature."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class ReopenForm(AncrageForm):
    """Why a signed sheet is opened again."""

    reason = forms.CharField(label=_("Pourquoi"), max_length=300, help_text=_("Quelques mots suffisent ; ils restent."))
