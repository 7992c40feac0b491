"""Writing down a contact in under a minute."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from beneficiaries.enums import ObjectiveState
from beneficiaries.models import CoachingCase, Objective
from employers.models import Company
from followup.enums import Channel, Outcome, Party, Place
from followup.forms.pills import LIVE, MINUTES, WRITTEN, Pill, PressedMinutesInput, channel_pills, minute_pills
from followup.models import Contact
from followup.services.contacts import ContactStatement
from followup.services.planning import AppointmentPlan
from foundation.choosing import ChoosingField
from foundation.clock import today
from foundation.formatting import named_day_words
from foundation.forms import (
    AncrageBoundField,
    AncrageForm,
    FrenchDateField,
    FrenchTimeField,
    MinutesField,
    SubmissionIdMixin,
)
from foundation.layouts import Layout, Row, Section

# Offered beside the date of the next appointment; a week is the cadence of the method.
NEXT_SHORTCUTS = {_("Dans 1 semaine"): 7, _("Dans 2 semaines"): 14, _("Dans 1 mois"): 30}

# What the page folds; and of those, what a person must have meant: the rest is filled in from the last contact.
FOLDED = ("party", "company", "place", "held_by", "objectives", "next_on", "next_at", "next_place")
TELLING = ("objectives", "next_on", "next_at", "next_place", "company")


def leave_out_the_firm(field: forms.Field) -> None:
    """Offer no meeting at the firm: its employer may not hear of the person."""
    place = cast(forms.ChoiceField, field)
    offered = cast(Iterable[tuple[str, Any]], place.choices)
    place.choices = [choice for choice in offered if choice[0] != Place.COMPANY]


class AnsweredBoundField(AncrageBoundField):
    """A bound field that is not marked optional when the form holds its answer already, or asks for it by the case."""

    @property
    def is_optional(self) -> bool:
        """Whether the label says « (facultatif) »."""
        return super().is_optional and self.name not in getattr(self.form, "answered", ())


class ContactForm(SubmissionIdMixin, AncrageForm):
    """A contact: four things to fill at most (date, channel, duration, what was said), most of them filled already."""

    bound_field_class = AnsweredBoundField
    # Pre-selected, or compulsory only when the contact took place: neither is optional to whoever reads the form.
    answered = ("party", "outcome", "minutes", "summary", "held_by")

    appointment = forms.UUIDField(widget=forms.HiddenInput, required=False)
    on = FrenchDateField(label=_("Date"), not_future=True)
    minutes = MinutesField(label=_("Minutes"), required=False, max_minutes=600, widget=PressedMinutesInput)
    channel = forms.ChoiceField(label=_("Comment"), choices=Channel.choices, widget=forms.RadioSelect)
    party = forms.ChoiceField(label=_("Avec"), choices=Party.choices, widget=forms.RadioSelect, required=False)
    outcome = forms.ChoiceField(label=_("Résultat"), choices=Outcome.choices, widget=forms.RadioSelect, required=False)
    place = forms.ChoiceField(label=_("Lieu"), choices=[("", "–"), *Place.choices], required=False)
    company = ChoosingField(
        "firms-to-meet",
        queryset=Company.objects.none(),
        label=_("Entreprise"),
        required=False,
        nobody=_("aucune"),
        help_text=_("Quand l’employeur a pris part : quelques lettres du nom ou de la commune."),
    )
    held_by = ChoosingField(
        "colleagues",
        queryset=User.objects.none(),
        label=_("Mené par"),
        required=False,
        help_text=_("Les heures vont à cette personne."),
    )
    summary = forms.CharField(
        label=_("Ce qui s’est dit"), required=False, widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000
    )
    objectives = forms.ModelMultipleChoiceField(
        Objective.objects.none(), label=_("Objectifs servis"), required=False, widget=forms.CheckboxSelectMultiple
    )
    next_on = FrenchDateField(label=_("Prochain rendez-vous"), required=False, shortcuts=NEXT_SHORTCUTS)
    next_at = FrenchTimeField(label=_("Heure"), required=False)
    next_place = forms.ChoiceField(label=_("Lieu du rendez-vous"), choices=[("", "–"), *Place.choices], required=False)

    layout = Layout(
        Section(
            _("Le contact"), Row("on", "minutes"), "channel", "party", "outcome", Row("place", "company"), "held_by"
        ),
        Section(_("L’échange"), "summary", "objectives"),
        Section(_("La suite"), "next_on", Row("next_at", "next_place")),
    )

    def __init__(
        self,
        *args: Any,
        case: CoachingCase,
        viewer: User,
        met_before: UUID | None = None,
        may_plan: bool = True,
        at_the_firm: bool = True,
        served: QuerySet[Objective] | None = None,
        asks_holder: bool = False,
        held_on: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(ChoosingField, self.fields["company"]).offer(
            viewer,
            case=case.pk,
            met=met_before,
            takes=Company.objects.filter(organisation=case.organisation_id),
            makes=True,
        )
        if not asks_holder:
            # Who writes for themselves alone is not asked.
            del self.fields["held_by"]
        else:
            cast(ChoosingField, self.fields["held_by"]).offer(viewer, on=held_on)
        objectives = cast(forms.ModelMultipleChoiceField, self.fields["objectives"])
        # What a contact served stays there to be seen when it is corrected, reached or dropped since.
        offered = Q(state=ObjectiveState.ACTIVE)
        if served is not None:
            offered |= Q(pk__in=served.values("pk"))
        objectives.queryset = case.objectives.filter(offered)
        if not objectives.queryset:
            del self.fields["objectives"]
        else:
            # Already read: asked for again, they would be a statement more.
            objectives.choices = [(one.pk, objectives.label_from_instance(one)) for one in objectives.queryset]
        if not at_the_firm:
            leave_out_the_firm(self.fields["next_place"])
        if not may_plan:
            for name in ("next_on", "next_at", "next_place"):
                del self.fields[name]

    def clean_party(self) -> str:
        """The person, unless said otherwise."""
        return self.cleaned_data["party"] or Party.BENEFICIARY

    def clean_outcome(self) -> str:
        """It took place, unless said otherwise."""
        return self.cleaned_data["outcome"] or Outcome.HELD

    def clean(self) -> dict[str, Any]:
        """An hour or a place of the next appointment needs its day."""
        cleaned = super().clean() or {}
        if not cleaned.get("next_on") and (cleaned.get("next_at") or cleaned.get("next_place")):
            self.add_error("next_on", ValidationError(_("Indiquez le jour du prochain rendez-vous."), code="no_day"))
        return cleaned

    def statement(self) -> ContactStatement:
        """What was typed, as the service reads it. A firm left chosen for a talk without its employer is left out."""
        data = self.cleaned_data
        with_employer = data["party"] in (Party.EMPLOYER, Party.BOTH)
        return ContactStatement(
            on=data["on"],
            channel=data["channel"],
            party=data["party"],
            outcome=data["outcome"],
            minutes=data["minutes"] or 0,
            summary=data["summary"],
            place=data["place"],
            company=data["company"] if with_employer else None,
            objectives=tuple(data.get("objectives") or ()),
            held_by=data.get("held_by"),
        )

    def readable_statement(self) -> ContactStatement:
        """What can be read of a form with wrong fields: these are taken for right, since they are told already."""
        right = {"on": today(), "channel": Channel.IN_PERSON, "minutes": 1, "summary": "-"}
        wrong = {name: right.get(name) for name in self.errors if name in self.fields}
        usual = {"party": Party.BENEFICIARY, "outcome": Outcome.HELD, "place": "", "company": None}
        self.cleaned_data = usual | self.cleaned_data | {n: v for n, v in wrong.items() if n in right}
        if "company" in wrong:
            self.cleaned_data["party"] = Party.BENEFICIARY
        return self.statement()

    def next_appointment(self) -> AppointmentPlan | None:
        """The next appointment, when a day is given; it takes the duration and the channel of this contact."""
        data = {"next_at": None, "next_place": ""} | self.cleaned_data
        if not data.get("next_on"):
            return None
        live = data["channel"] in (Channel.IN_PERSON, Channel.PHONE, Channel.VIDEO)
        return AppointmentPlan(
            on=data["next_on"],
            at=data["next_at"],
            channel=data["channel"] if live else Channel.IN_PERSON,
            place=data["next_place"],
            minutes=data["minutes"] or 45,
            confirmed=self.said_yes_to,
        )

    @property
    def day_words(self) -> str:
        """The day that is written, with its weekday; empty when what was typed is no day."""
        value = self["on"].value()
        try:
            day = value if isinstance(value, date) else self.fields["on"].to_python(value)
        except ValidationError:
            return ""
        return named_day_words(day, "l j F") if day else ""

    @property
    def live_channels(self) -> list[Pill]:
        """How it took place, one by voice or face to face; and those in writing."""
        return channel_pills(LIVE, self["channel"].value())

    @property
    def written_channels(self) -> list[Pill]:
        """The ways in writing, which no cadence counts."""
        return channel_pills(WRITTEN, self["channel"].value())

    @property
    def minute_pills(self) -> list[Pill]:
        """The durations offered, and « autre »."""
        return minute_pills(self["minutes"].value())

    @property
    def other_minutes(self) -> str:
        """The duration that is none of those offered, as it was typed."""
        value = self["minutes"].value()
        return "" if value is None or str(value) in map(str, MINUTES) else str(value)

    @property
    def is_absent(self) -> bool:
        """Whether the person did not come or did not answer."""
        return str(self["outcome"].value()) == Outcome.NO_SHOW

    @property
    def has_more(self) -> bool:
        """Whether one of the folded answers holds something that nobody filled in by itself, or is refused."""
        shown = [cast(AncrageBoundField, self[name]) for name in FOLDED if name in self.fields]
        told = any(bound.errors or bound.boxes or (bound.name in TELLING and bound.value()) for bound in shown)
        # Who looks for a firm there finds the proposals where they pressed.
        return told or self.only_searches or str(self["party"].value() or Party.BENEFICIARY) != Party.BENEFICIARY

    @property
    def appointment_id(self) -> UUID | None:
        """The appointment that this contact settles."""
        found: UUID | None = self.cleaned_data.get("appointment")
        return found


class ContactCorrectionForm(ContactForm):
    """The same contact, as it should have been written, and why it changes."""

    reason = forms.CharField(
        label=_("Motif de la correction"),
        max_length=300,
        help_text=_("Il reste dans l’historique, à côté de ce qui était écrit."),
    )

    layout = Layout(*ContactForm.layout[:2], Section(_("La correction"), "reason"))

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        served = contact.objectives.all()
        super().__init__(*args, may_plan=False, served=served, **kwargs)
        if "objectives" in self.fields:
            self.initial["objectives"] = list(served)
        del self.fields["appointment"]
