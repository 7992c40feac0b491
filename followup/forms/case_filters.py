"""Narrowing the list of cases; the address holds what was chosen."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from accounts.models import Project, Site, User
from accounts.permissions import allows
from beneficiaries.forms.filters import PersonFilter
from followup.models.querysets import CaseStatusQuerySet
from followup.selectors.cases import urgent
from foundation.clock import today
from foundation.components import FilterTag
from foundation.filters import ListFilter
from method.rules.phases import Phase
from method.selectors import urgency_limits

EVERYONE = "tous"
OPEN, CLOSED, ALL = "ouverts", "sortis", "tous"
URGENCIES = (
    ("retard", _("en retard")),
    ("tres-retard", _("très en retard (plus de %(days)s jours)")),
    ("aujourdhui", _("aujourd’hui")),
    ("semaine", _("dans les 7 jours")),
)
HORIZONS = (("30", _("dans 30 jours")), ("60", _("dans 60 jours")), ("90", _("dans 90 jours")))
STATES = ((OPEN, _("ouverts")), (CLOSED, _("sortis")), (ALL, _("tous")))


def _sites(request: HttpRequest) -> QuerySet[Site]:
    return Site.objects.visible_to(request.user).order_by("name", "id")


def _projects(request: HttpRequest) -> QuerySet[Project]:
    return Project.objects.visible_to(request.user).order_by("code", "id")


class CaseFilter(ListFilter):
    """Which cases to list. A coach sees their own first, others the whole team's; both see open cases first."""

    q = PersonFilter(label=_("Nom"), path="case__beneficiary__", max_length=100)
    phase = ChoiceFilter(label=_("Phase"), empty_label=_("toutes"), choices=Phase.choices)
    coach = ChoiceFilter(label=_("Jobcoach"), empty_label=None, method="cared_for")
    site = ModelChoiceFilter(label=_("Site"), empty_label=_("tous"), field_name="case__site", queryset=_sites)
    project = ModelChoiceFilter(
        label=_("Projet"), empty_label=_("tous"), field_name="case__project", queryset=_projects
    )
    urgency = ChoiceFilter(label=_("Prochain contact"), empty_label=_("toutes"), choices=URGENCIES, method="due")
    deadline = ChoiceFilter(
        label=_("Horloge qui se termine"), empty_label=_("toutes"), choices=HORIZONS, method="clock_ending"
    )
    state = ChoiceFilter(label=_("Dossiers"), empty_label=None, choices=STATES, method="in_state")

    def __init__(self, data: QueryDict, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.user: User = request.user  # type: ignore[assignment]
        self.on = today()
        self.own = str(self.user.pk) if allows(self.user, "accounts.coach") else EVERYONE
        data = data.copy()
        # What the address leaves out is the default of the role, so that a link may name one filter only.
        for name, default in (("coach", self.own), ("state", OPEN)):
            if not data.get(name):
                data[name] = default
        super().__init__(data, *args, request=request, **kwargs)
        words = {"days": urgency_limits(self.on, self.user.current_organisation_id).very_late_days}
        self.filters["urgency"].extra["choices"] = [(code, str(said) % words) for code, said in URGENCIES]
        self.filters["coach"].extra["choices"] = [(EVERYONE, _("toute l’équipe")), *self._coaches().items()]

    def _coaches(self) -> dict[str, str]:
        """Who carries cases in the organisation, and whoever asks if they are a coach."""
        coaches = (
            User.objects.filter(cases__organisation=self.user.current_organisation_id)
            .distinct()
            .order_by("first_name", "last_name", "id")
        )
        names = {str(coach.pk): coach.get_full_name() for coach in coaches}
        if self.own != EVERYONE:
            names.setdefault(self.own, self.user.get_full_name())
        return names

    def filter_queryset(self, queryset: CaseStatusQuerySet) -> CaseStatusQuerySet:
        """Narrow; a state that is not understood is that of the open cases."""
        if "state" in self.form.errors:
            queryset = queryset.open()
        narrowed: CaseStatusQuerySet = super().filter_queryset(queryset)
        return narrowed

    def cared_for(self, found: CaseStatusQuerySet, name: str, coach: str) -> CaseStatusQuerySet:
        """A coach's cases; one's own list holds those of whom one takes care, of an absent colleague too."""
        if coach == EVERYONE:
            return found
        return found.in_care_of(self.user) if coach == str(self.user.pk) else found.filter(coach=coach)

    def due(self, found: CaseStatusQuerySet, name: str, urgency: str) -> CaseStatusQuerySet:
        """The cases whose next contact is that urgent."""
        return found.filter(urgent(urgency, self.on, self.user.current_organisation_id))

    def clock_ending(self, found: CaseStatusQuerySet, name: str, days: str) -> CaseStatusQuerySet:
        """The cases of which a clock ends within so many days."""
        return found.with_clock_ending(int(days), self.on)

    def in_state(self, found: CaseStatusQuerySet, name: str, state: str) -> CaseStatusQuerySet:
        """The open cases, those that were left, or all."""
        if state == OPEN:
            return found.open()
        return found.filter(phase=Phase.EXIT) if state == CLOSED else found

    def tags_of(self, name: str) -> list[FilterTag]:
        """The tags of a filter. « Toute l’équipe » and « ouverts » need none; taking a coach away shows the team."""
        if self.form.cleaned_data[name] == {"coach": EVERYONE, "state": OPEN}.get(name):
            return []
        tags = super().tags_of(name)
        if name == "coach":
            return [FilterTag(tag.label, tag.value, self.address(coach=EVERYONE)) for tag in tags]
        return tags

    @property
    def clear_url(self) -> str:
        """The list without any filter: everybody's open cases."""
        return f"{self.request.path}?coach={EVERYONE}" if self.own != EVERYONE else super().clear_url
