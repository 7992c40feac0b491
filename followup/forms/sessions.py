"""Forms of the collective sessions: a series, a session, places, presences."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from beneficiaries.models import CoachingCase
from followup.enums import AttendanceState
from followup.models import Attendance, CollectiveSession
from followup.services.sessions import MARKS, MOST_SESSIONS, Mark, SessionPlan
from foundation.choosing import ChoosingField
from foundation.formatting import of_name
from foundation.forms import (
    AncrageForm,
    FrenchDateField,
    FrenchTimeField,
    MinutesField,
    SubmissionIdMixin,
)
from foundation.layouts import Layout, Row, Section

LONGEST = 600


_LED = Section(_("Avec qui"), Row("capacity", "leader"))


class SessionForm(AncrageForm):
    """When, where, with how many places, and who leads."""

    on = FrenchDateField(label=_("Date"))
    at = FrenchTimeField(label=_("Heure"))
    minutes = MinutesField(label=_("Durée"), initial=120, max_minutes=LONGEST)
    place = forms.CharField(label=_("Lieu"), max_length=200, help_text=_("La salle et l’adresse."))
    capacity = forms.IntegerField(
        label=_("Places"), min_value=1, max_value=200, initial=10, widget=forms.NumberInput({"inputmode": "numeric"})
    )
    leader = ChoosingField("colleagues", label=_("Animé par"), queryset=User.objects.none())

    layout = Layout(Section(_("Quand et où"), Row("on", "at", "minutes"), "place"), _LED)

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(ChoosingField, self.fields["leader"]).offer(viewer)

    def plan(self) -> SessionPlan:
        """What was typed, as the service reads it."""
        data = self.cleaned_data
        return SessionPlan(**{name: data[name] for name in ("on", "at", "minutes", "place", "capacity", "leader")})


class SeriesForm(AncrageForm):
    """What a series is called and what it is for."""

    title = forms.CharField(label=_("Intitulé"), max_length=120)
    aim = forms.CharField(label=_("Objet"), required=False, widget=forms.Textarea({"rows": 3}))


class SeriesCreateForm(SubmissionIdMixin, SessionForm):
    """A series with its first session, repeated every week."""

    title = forms.CharField(label=_("Intitulé"), max_length=120, help_text=_("Par exemple « Préparer un entretien »."))
    aim = forms.CharField(label=_("Objet"), required=False, widget=forms.Textarea({"rows": 3}))
    number = forms.IntegerField(
        label=_("Nombre de séances"),
        min_value=1,
        max_value=MOST_SESSIONS,
        initial=1,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=_("Une par semaine, le même jour ; les jours fériés sont sautés."),
    )

    layout = Layout(
        Section(_("Le cycle"), "title", "aim"),
        Section(_("La première séance"), Row("on", "at", "minutes"), "place", "number"),
        _LED,
    )


class CancelSessionForm(AncrageForm):
    """Why a session is called off."""

    reason = forms.CharField(label=_("Pourquoi"), max_length=200, help_text=_("Quelques mots suffisent."))


class PeopleField(forms.ModelMultipleChoiceField):
    """Cases as their people, with the coach of those of colleagues."""

    own: frozenset[UUID] = frozenset()

    def label_from_instance(self, obj: Any) -> str:
        name: str = obj.beneficiary.full_name
        return name if obj.coach_id in self.own else f"{name} ({obj.coach.get_full_name()})"


class RegisterForm(AncrageForm):
    """Who takes part, ticked in a list."""

    cases = PeopleField(
        label=_("Qui inscrire ?"),
        queryset=CoachingCase.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choisissez au moins une personne."),
            "invalid_choice": _("Une des personnes choisies ne peut pas être inscrite."),
        },
    )

    invited = forms.BooleanField(
        label=_("Envoyer une invitation aux personnes"),
        required=False,
        help_text=_("À celles qui ont une adresse e-mail, maintenant et si la séance change ou s’annule."),
    )

    def __init__(self, *args: Any, people: QuerySet[CoachingCase], own: Sequence[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(PeopleField, self.fields["cases"])
        field.own = frozenset(own)
        field.queryset = people


class AttendanceForm(AncrageForm):
    """Who was there: one answer and one duration a person. Everybody is present for the whole time until told else."""

    def __init__(
        self, *args: Any, session: CollectiveSession, attendances: Sequence[Attendance], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.attendances = attendances
        choices = [(state.value, state.label) for state in MARKS]
        for attendance in attendances:
            name = attendance.case.beneficiary.full_name
            marked = attendance.state in MARKS
            self.fields[f"state-{attendance.pk}"] = forms.ChoiceField(
                label=_("Présence %(of_name)s") % {"of_name": of_name(name)},
                choices=choices,
                widget=forms.RadioSelect,
                initial=attendance.state if marked else AttendanceState.PRESENT,
            )
            self.fields[f"minutes-{attendance.pk}"] = MinutesField(
                label=_("Durée de présence %(of_name)s") % {"of_name": of_name(name)},
                required=False,
                max_minutes=LONGEST,
                initial=attendance.minutes or session.minutes,
            )

    def lines(self) -> list[tuple[Attendance, BoundField, BoundField]]:
        """Each person with the two fields about them."""
        return [(one, self[f"state-{one.pk}"], self[f"minutes-{one.pk}"]) for one in self.attendances]

    def marks(self) -> dict[UUID, Mark]:
        """What was answered, as the service reads it."""
        data = self.cleaned_data
        return {one.pk: Mark(data[f"state-{one.pk}"], data[f"minutes-{one.pk}"] or 0) for one in self.attendances}
