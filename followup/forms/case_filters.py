"""Narrowing the list of cases; the address holds what was chosen."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Project, Site, User
from beneficiaries.enums import PhaseChoice
from foundation.components import FilterTag, active_filters
from foundation.forms import FilterForm

EVERYONE = "tous"
OPEN, CLOSED, ALL = "ouverts", "sortis", "tous"
URGENCIES = (
    ("", _("toutes")),
    ("retard", _("en retard")),
    ("tres-retard", _("très en retard (plus de 14 jours)")),
    ("aujourdhui", _("aujourd’hui")),
    ("semaine", _("dans les 7 jours")),
)
HORIZONS = (("", _("toutes")), ("30", _("dans 30 jours")), ("60", _("dans 60 jours")), ("90", _("dans 90 jours")))
STATES = ((OPEN, _("ouverts")), (CLOSED, _("sortis")), (ALL, _("tous")))


class CaseFilterForm(FilterForm):
    """Which cases to list. A coach sees their own first, others the whole team's; both see open cases first."""

    q = forms.CharField(label=_("Nom"), required=False, max_length=100)
    phase = forms.ChoiceField(label=_("Phase"), required=False, choices=[("", _("toutes")), *PhaseChoice.choices])
    coach = forms.ChoiceField(label=_("Jobcoach"), required=False)
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), required=False, empty_label=_("tous"))
    project = forms.ModelChoiceField(Project.objects.none(), label=_("Projet"), required=False, empty_label=_("tous"))
    urgency = forms.ChoiceField(label=_("Prochain contact"), required=False, choices=URGENCIES)
    deadline = forms.ChoiceField(label=_("Horloge qui se termine"), required=False, choices=HORIZONS)
    state = forms.ChoiceField(label=_("Dossiers"), required=False, choices=STATES)

    def __init__(self, data: QueryDict, *, user: User, **kwargs: Any) -> None:
        self.own = str(user.pk) if user.has_role(Role.JOBCOACH) else EVERYONE
        data = data.copy()
        # What the address leaves out is the default of the role, so that a link may name one filter only.
        for name, default in (("coach", self.own), ("state", OPEN)):
            if not data.get(name):
                data[name] = default
        super().__init__(data, **kwargs)
        coaches = (
            User.objects.filter(cases__organisation=user.current_organisation_id)
            .distinct()
            .order_by("first_name", "last_name", "id")
        )
        names = {str(coach.pk): coach.get_full_name() for coach in coaches}
        if self.own != EVERYONE:
            names.setdefault(self.own, user.get_full_name())
        cast(forms.ChoiceField, self.fields["coach"]).choices = [(EVERYONE, _("toute l’équipe")), *names.items()]
        for name, model, order in (("site", Site, "name"), ("project", Project, "code")):
            field = cast(forms.ModelChoiceField, self.fields[name])
            field.queryset = model.objects.visible_to(user).order_by(order, "id")

    def chosen(self) -> dict[str, Any]:
        """The filters that were understood, defaults included; what was not understood does not narrow the list."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        found.setdefault("state", OPEN)
        if found.get("coach") == EVERYONE:
            del found["coach"]
        return found

    def tags(self, request: HttpRequest) -> list[FilterTag]:
        """The chosen filters, each with the address without it. « Toute l’équipe » and « ouverts » need no tag."""
        tags: list[FilterTag] = []
        for tag in active_filters(request, self):
            if tag.label == self["coach"].label:
                if self.cleaned_data.get("coach") != EVERYONE:
                    tags.append(FilterTag(tag.label, tag.value, self._address(request, coach=EVERYONE)))
            elif tag.label == self["state"].label:
                if self.cleaned_data.get("state") != OPEN:
                    tags.append(tag)
            else:
                tags.append(tag)
        return tags

    def clear_url(self, request: HttpRequest) -> str:
        """The list without any filter: everybody's open cases."""
        return f"{request.path}?coach={EVERYONE}" if self.own != EVERYONE else request.path

    @staticmethod
    def _address(request: HttpRequest, **changed: str) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        for name, value in changed.items():
            query[name] = value
        return f"{request.path}?{query.urlencode()}"
