"""Forms about visits and calls to firms."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Project
from employers.enums import ProspectionChannel, ProspectionResult
from employers.models import Company, CompanyContact
from employers.rules.projects import Why
from employers.services.companies import Visit
from foundation.forms import AncrageForm, FrenchDateField, MinutesField, SubmissionIdMixin
from foundation.layouts import Layout, Row, Section

WHY_PROPOSED = {
    Why.NOTHING: _("Le temps compte pour lui dans vos prestations."),
    Why.ONLY: _("Proposé : le seul projet qui court. Le temps compte pour lui dans vos prestations."),
    Why.USUAL: _("Proposé : celui de la plupart de votre travail. Vérifiez, le temps compte pour lui."),
}


class VisitForm(SubmissionIdMixin, AncrageForm):
    """A visit or a call, in under a minute: day, means and duration are filled in, the result is one press."""

    on = FrenchDateField(label=_("Date"), not_future=True, shortcuts={_("Aujourd’hui"): 0, _("Hier"): -1})
    channel = forms.ChoiceField(label=_("Moyen"), choices=ProspectionChannel.choices, widget=forms.RadioSelect)
    met = forms.ModelChoiceField(label=_("Personne rencontrée"), queryset=CompanyContact.objects.none(), required=False)
    met_name = forms.CharField(
        label=_("Ou quelqu’un d’autre : son nom"),
        max_length=120,
        required=False,
        help_text=_("La personne sera ajoutée à l’entreprise."),
    )
    minutes = MinutesField(label=_("Durée"), max_minutes=600, help_text=_("En minutes (30) ou en heures (1h15)."))
    result = forms.ChoiceField(label=_("Résultat"), choices=ProspectionResult.choices, widget=forms.RadioSelect)
    project = forms.ModelChoiceField(
        label=_("Projet"), queryset=Project.objects.none(), required=False, empty_label=_("aucun projet")
    )
    summary = forms.CharField(label=_("Ce qui s’est dit"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    layout = Layout("on", "channel", "result", Row("met", "met_name"), Row("minutes", "project"), "summary")

    def __init__(
        self, *args: Any, company: Company, projects: QuerySet[Project], why: Why = Why.NOTHING, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        project: Any = self.fields["project"]
        project.queryset = projects
        project.help_text = WHY_PROPOSED[why]
        if not projects:
            del self.fields["project"]
        people = company.people.order_by("-is_reference", "name", "id")
        met: Any = self.fields["met"]
        met.queryset = people
        met.empty_label = _("Personne en particulier")
        if not people:
            del self.fields["met"]
            self.fields["met_name"].label = _("Personne rencontrée")

    def visit(self) -> Visit:
        """What the service receives."""
        data = self.cleaned_data
        return Visit(
            on=data["on"],
            channel=data["channel"],
            minutes=data["minutes"],
            result=data["result"],
            met=data.get("met"),
            met_name=data["met_name"],
            summary=data["summary"],
            project=data.get("project"),
        )


class VisitCorrectionForm(VisitForm):
    """The same visit, as it should have been written, and why it changes."""

    reason = forms.CharField(
        label=_("Motif de la correction"),
        max_length=300,
        help_text=_("Il reste dans l’historique, à côté de ce qui était écrit."),
    )

    layout = Layout(*VisitForm.layout, Section(_("La correction"), "reason"))
