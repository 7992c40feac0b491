"""Planning a contact, and saying what became of the plan."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from followup.enums import AppointmentState, CancelledBy, Channel, Place
from followup.forms.contacts import NEXT_SHORTCUTS, leave_out_the_firm
from followup.selectors.guests import Offered
from followup.services.planning import AppointmentPlan
from foundation.forms import AncrageForm, FrenchDateField, FrenchTimeField, MinutesField

LIVE = [(code, label) for code, label in Channel.choices if code in ("IN_PERSON", "PHONE", "VIDEO")]


class AppointmentForm(AncrageForm):
    """When, how and where the next contact takes place."""

    next_on = FrenchDateField(label=_("Date"), not_past=True, shortcuts=NEXT_SHORTCUTS)
    next_at = FrenchTimeField(label=_("Heure"), required=False)
    minutes = MinutesField(label=_("Durée prévue"), initial=45, max_minutes=600)
    channel = forms.ChoiceField(label=_("Moyen"), choices=LIVE, widget=forms.RadioSelect, initial=Channel.IN_PERSON)
    place = forms.ChoiceField(label=_("Lieu"), choices=[("", "–"), *Place.choices], required=False)
    address = forms.CharField(
        label=_("Adresse"), required=False, max_length=200, help_text=_("Si ce n’est ni au bureau ni au domicile.")
    )

    invites_person = forms.BooleanField(
        label=_("Envoyer une invitation à la personne"),
        required=False,
        help_text=_("À son adresse e-mail, maintenant et si le rendez-vous change ou s’annule."),
    )
    guest = forms.ChoiceField(
        label=_("Inviter aussi"),
        required=False,
        help_text=_("L’invitation dit l’heure, votre nom et les initiales de la personne ; rien d’autre."),
    )

    def __init__(self, *args: Any, offered: Offered, at_the_firm: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        if not at_the_firm:
            leave_out_the_firm(self.fields["place"])
        if not offered.person:
            del self.fields["invites_person"]
        if offered.others:
            cast(forms.ChoiceField, self.fields["guest"]).choices = offered.choices
        else:
            del self.fields["guest"]

    def plan(self) -> AppointmentPlan:
        """What was typed, as the service reads it."""
        data = self.cleaned_data
        return AppointmentPlan(
            on=data["next_on"],
            at=data["next_at"],
            minutes=data["minutes"],
            channel=data["channel"],
            place=data["place"],
            address=data["address"],
            guests=self.offered.guests(person=data.get("invites_person", False), other=data.get("guest", "")),
            confirmed=self.said_yes_to,
        )


class AppointmentMoveForm(AncrageForm):
    """Moving an appointment or changing how long it lasts, and why."""

    state = forms.CharField(widget=forms.HiddenInput, initial=AppointmentState.MOVED, required=False)
    next_on = FrenchDateField(label=_("Nouveau jour"), not_past=True, shortcuts=NEXT_SHORTCUTS)
    next_at = FrenchTimeField(label=_("Nouvelle heure"), required=False)
    minutes = MinutesField(label=_("Durée prévue"), required=False, max_minutes=600)
    reason = forms.CharField(label=_("Pourquoi"), max_length=200, help_text=_("Quelques mots suffisent."))


class AppointmentCancelForm(AncrageForm):
    """Calling an appointment off: who did is the button that sends the form, why is said if there is more to say."""

    state = forms.CharField(widget=forms.HiddenInput, initial=AppointmentState.CANCELLED, required=False)
    cancelled_by = forms.ChoiceField(choices=CancelledBy.choices, error_messages={"required": _("Dites qui annule.")})
    # On several lines: the Enter key starts a line there, and presses no button.
    reason = forms.CharField(
        label=_("Motif"),
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Quelques mots suffisent."),
    )
