"""Opening a case, passing it on, closing it."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Project, Site, User
from beneficiaries.enums import ExitOutcome, ExitReason
from beneficiaries.forms.elsewhere import ELSEWHERE, ElsewhereFields
from beneficiaries.forms.people import IDENTITY, REACH, SITUATION, PersonForm
from beneficiaries.models import CoachingCase, Partner
from beneficiaries.registries import exit_questions
from beneficiaries.selectors import cases as selectors
from beneficiaries.services.cases import CaseOpening
from foundation.choosing import ChoosingField
from foundation.clock import today
from foundation.forms import AncrageForm, FrenchDateField, SubmissionIdMixin
from foundation.layouts import Layout, Row, Section
from foundation.rules import dates

CASE = Section(_("Le dossier"), Row("opened_on", "coach"), Row("site", "project"), Row("referrer", "referred_on"))


class CaseForm(SubmissionIdMixin, ElsewhereFields):
    """What opening a case asks besides the person."""

    opened_on = FrenchDateField(label=_("Ouvert le"), not_future=True, bounds=dates.OPENING)
    coach = ChoosingField("colleagues", label=_("Jobcoach"), queryset=User.objects.none())
    site = forms.ModelChoiceField(
        label=_("Site"), queryset=Site.objects.none(), required=False, empty_label=_("aucun en particulier")
    )
    project = forms.ModelChoiceField(
        label=_("Projet"), queryset=Project.objects.none(), required=False, empty_label=_("aucun")
    )
    referrer = ChoosingField(
        "referrers",
        label=_("Prescripteur"),
        queryset=Partner.objects.none(),
        required=False,
        nobody=_("venue d’elle-même, ou pas dans la liste"),
    )
    referred_on = FrenchDateField(label=_("Date d’orientation"), required=False, not_future=True)

    layout = Layout(CASE, ELSEWHERE)

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on = today()
        choices: dict[str, Any] = {
            "site": selectors.sites(viewer),
            "project": selectors.projects(viewer, on),
        }
        for name, queryset in choices.items():
            field: Any = self.fields[name]
            field.queryset = queryset
        cast(ChoosingField, self.fields["coach"]).offer(viewer)
        cast(ChoosingField, self.fields["referrer"]).offer(viewer, makes=True)
        self.fields["opened_on"].initial = on

    def opening(self) -> CaseOpening:
        """What the service receives."""
        data = self.cleaned_data
        return CaseOpening(
            coach=data["coach"],
            opened_on=data["opened_on"],
            site=data["site"],
            project=data["project"],
            referrer=data["referrer"],
            referred_on=data["referred_on"],
            confirmed=self.said_yes_to,
            elsewhere=self.elsewhere(),
        )


class NewCaseForm(PersonForm, CaseForm):
    """A person who comes for the first time, and their case."""

    layout = Layout(IDENTITY, CASE, SITUATION, REACH, ELSEWHERE)


class HandOverForm(AncrageForm):
    """To whom, from when, and what they need to know."""

    coach = ChoosingField("colleagues", label=_("À qui"), queryset=User.objects.none())
    on = FrenchDateField(label=_("À partir du"), not_future=True)
    note = forms.CharField(
        label=_("Note de passation"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Où en est la personne, ce qui a été promis, ce qui presse."),
    )

    def __init__(self, *args: Any, viewer: User, present: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["coach"]
        field.offer(viewer, but=present.pk)
        self.fields["on"].initial = today()


class PrehireForm(AncrageForm):
    on = FrenchDateField(
        label=_("Date du passage en pré-embauche"),
        not_future=True,
        help_text=_("L’horloge des 24 mois démarre ce jour-là. Tout ce qui précède doit être fait à cette date."),
    )


class ExitForm(AncrageForm):
    """Why and how the path ends."""

    exit_reason = forms.ChoiceField(label=_("Motif de sortie"), choices=[("", _("Choisissez…")), *ExitReason.choices])
    exit_outcome = forms.ChoiceField(
        label=_("Situation de la personne ce jour-là"), choices=ExitOutcome.choices, widget=forms.RadioSelect
    )
    on = FrenchDateField(label=_("Date de sortie"), not_future=True)
    note = forms.CharField(
        label=_("Précision"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ce que la personne en dit, ce qui a été convenu pour la suite."),
    )

    def __init__(self, *args: Any, case: CoachingCase, on: date, **kwargs: Any) -> None:
        """Add what the other rooms ask of this case on this day."""
        super().__init__(*args, **kwargs)
        self.asked: set[str] = set()
        for question in exit_questions:
            for name, field in question.fields(case, on).items():
                self.fields[name] = field
                self.asked.add(name)

    def clean(self) -> dict[str, Any]:
        """What is asked by others is complete."""
        cleaned = super().clean() or {}
        for question in exit_questions:
            for name, error in question.errors(self.answers()).items():
                self.add_error(name, error)
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What was answered to the other rooms."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.asked}
