"""Forms about the catalogue of hiring aids."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import ParameterStatus
from foundation.forms import AncrageForm, FrenchDateField, SubmissionIdMixin
from foundation.layouts import Layout, Row
from placements.enums import AidRegion
from placements.models import HiringAid
from placements.services.aids import AidStatement


class VersionField(forms.ModelChoiceField):
    """An aid whose next version is written."""

    def label_from_instance(self, obj: HiringAid) -> str:
        """The name and the first day, which tell versions apart."""
        return f"{obj.name} ({obj.starts_on:%d/%m/%Y})"


class AidForm(SubmissionIdMixin, AncrageForm):
    """A new aid, or the next version of one."""

    follows = VersionField(
        label=_("Remplace"),
        queryset=HiringAid.objects.none(),
        required=False,
        empty_label=_("aucune : c’est une nouvelle aide"),
        help_text=_("La version remplacée se termine la veille du premier jour de celle-ci."),
    )
    name = forms.CharField(label=_("Nom"), max_length=100)
    region = forms.ChoiceField(label=_("Région"), choices=AidRegion.choices, initial=AidRegion.WALLONIA)
    starts_on = FrenchDateField(label=_("Premier jour"), help_text=_("De l’embauche : le premier jour du contrat."))
    ends_on = FrenchDateField(
        label=_("Dernier jour"),
        required=False,
        help_text=_("Compris. Vide s’il n’est pas connu."),
        may_be_open=True,
    )
    conditions = forms.CharField(label=_("Conditions"), widget=forms.Textarea(attrs={"rows": 5}), max_length=2000)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Le texte et l’article, ou la page officielle.")
    )
    status = forms.ChoiceField(
        label=_("Statut"), choices=ParameterStatus.choices, widget=forms.RadioSelect, initial=ParameterStatus.CONFIRMED
    )

    layout = Layout("follows", Row("name", "region"), Row("starts_on", "ends_on"), "conditions", "source", "status")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the last version of each aid."""
        super().__init__(*args, **kwargs)
        follows: Any = self.fields["follows"]
        follows.queryset = HiringAid.objects.latest_versions()

    def statement(self) -> AidStatement:
        """What the service receives."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("follows", "submission_id")}
        return AidStatement(**data)


class AidEndForm(AncrageForm):
    """The last day of an aid."""

    ends_on = FrenchDateField(
        label=_("Dernier jour"), help_text=_("Compris : un contrat qui commence ce jour-là peut encore nommer l’aide.")
    )

    def last_day(self) -> date:
        """What the service receives."""
        day: date = self.cleaned_data["ends_on"]
        return day


class AidReasonForm(AncrageForm):
    """Why an aid was no aid."""

    reason = forms.CharField(label=_("Motif"), max_length=300, help_text=_("Par exemple : saisie deux fois."))


class AidSourceForm(AncrageForm):
    """The text that puts a draft in force."""

    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Le texte et l’article qui met cette aide en vigueur.")
    )
