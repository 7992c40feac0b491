"""The short form of a moment that was pressed in the agenda: who, and what is not known of the moment yet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from beneficiaries.models import CoachingCase
from followup.enums import Channel, Place
from followup.forms.appointments import LIVE
from followup.forms.contacts import NEXT_SHORTCUTS
from followup.services.planning import AppointmentPlan
from foundation.choosing import ChoosingField
from foundation.forms import AncrageForm, FrenchDateField, FrenchTimeField, MinutesField
from foundation.layouts import Layout, Row


class SlotForm(AncrageForm):
    """Whom one meets at that moment, how and where."""

    case = ChoosingField(
        "open-cases",
        label=_("Avec qui"),
        queryset=CoachingCase.objects.none(),
        help_text=_("Quelques lettres du nom, une date de naissance, un téléphone."),
    )
    next_on = FrenchDateField(label=_("Date"), not_past=True, shortcuts=NEXT_SHORTCUTS)
    next_at = FrenchTimeField(label=_("Heure"), required=False)
    minutes = MinutesField(label=_("Durée prévue"), initial=45, max_minutes=600)
    channel = forms.ChoiceField(label=_("Moyen"), choices=LIVE, widget=forms.RadioSelect, initial=Channel.IN_PERSON)
    place = forms.ChoiceField(label=_("Lieu"), choices=[("", "–"), *Place.choices], required=False)

    layout = Layout("case", Row("next_on", "next_at"), "minutes", "channel", "place")

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case: Any = self.fields["case"]
        case.offer(viewer)

    def plan(self) -> AppointmentPlan:
        """What was typed, as the service reads it."""
        data = self.cleaned_data
        return AppointmentPlan(
            on=data["next_on"],
            at=data["next_at"],
            minutes=data["minutes"],
            channel=data["channel"],
            place=data["place"],
            confirmed=self.said_yes_to,
        )
