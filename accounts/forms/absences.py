"""The form of an absence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import AbsenceReason
from accounts.models import User
from accounts.services.absences import AbsencePlan
from foundation.choosing import ChoosingField
from foundation.forms import AncrageForm, FrenchDateField, SubmissionIdMixin
from foundation.layouts import Layout, Row, Section


class AbsenceForm(AncrageForm):
    """The days, who stands in, why, and what they must know."""

    starts_on = FrenchDateField(label=_("Premier jour"))
    ends_on = FrenchDateField(label=_("Dernier jour (compris)"))
    replacement = ChoosingField(
        "colleagues",
        label=_("Qui remplace"),
        queryset=User.objects.none(),
        required=False,
        nobody=_("personne"),
        help_text=_(
            "Pendant l’absence, cette personne voit et reçoit ce qui est dû, et peut écrire dans les dossiers."
        ),
    )
    reason = forms.ChoiceField(
        label=_("Motif"),
        choices=AbsenceReason.choices,
        initial=AbsenceReason.LEAVE,
        help_text=_("Visible seulement pour la personne absente et la coordination."),
    )
    note = forms.CharField(
        label=_("Consignes pour la personne qui remplace"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
    )

    layout = Layout(
        "user", Row("starts_on", "ends_on"), "reason", Section(_("Pendant ce temps"), "replacement", "note")
    )

    def __init__(self, *args: Any, viewer: User, absent: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["replacement"]
        field.offer(viewer, but=absent.pk if absent else None)

    def plan(self) -> AbsencePlan:
        """What the service receives."""
        data = self.cleaned_data
        return AbsencePlan(
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            replacement=data["replacement"],
            reason=data["reason"],
            note=data["note"],
        )


class NewAbsenceForm(SubmissionIdMixin, AbsenceForm):
    """An absence that begins: a coordinator says whose, a coach speaks of themself."""

    user = ChoosingField("colleagues", label=_("Qui est absent·e"), queryset=User.objects.none())

    def __init__(self, *args: Any, viewer: User, for_anybody: bool, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, absent=None if for_anybody else viewer, **kwargs)
        if for_anybody:
            field: Any = self.fields["user"]
            field.offer(viewer)
        else:
            del self.fields["user"]
