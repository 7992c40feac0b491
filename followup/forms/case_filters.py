"""Narrowing the list of cases; the address holds what was chosen."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from accounts.models import User
from beneficiaries.enums import ObstacleKind, ObstacleState
from beneficiaries.forms.filters import PersonFilter
from beneficiaries.models import Obstacle
from followup.models.querysets import CaseStatusQuerySet
from followup.rules.watching import Step, Watch
from followup.selectors.case_choices import CaseChoices, case_choices
from followup.selectors.cases import urgent
from followup.selectors.watching import reached, watched
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


def defaulted(data: QueryDict, own: str) -> QueryDict:
    """What an address asks for, and the default of the role for the rest, so that a link may name one filter."""
    found = data.copy()
    for name, default in (("coach", own), ("state", OPEN)):
        if not found.get(name):
            found[name] = default
    return found


class CaseFilter(ListFilter):
    """Which cases to list. A coach sees their own first, others the whole team's; both see open cases first."""

    q = PersonFilter(label=_("Nom"), path="case__beneficiary__", max_length=100)
    phase = ChoiceFilter(label=_("Phase"), empty_label=_("toutes"), choices=Phase.choices)
    coach = ChoiceFilter(label=_("Jobcoach"), empty_label=None, method="cared_for")
    site = ChoiceFilter(label=_("Site"), empty_label=_("tous"), field_name="case__site")
    project = ChoiceFilter(label=_("Projet"), empty_label=_("tous"), field_name="case__project")
    urgency = ChoiceFilter(label=_("Prochain contact"), empty_label=_("toutes"), choices=URGENCIES, method="due")
    deadline = ChoiceFilter(
        label=_("Horloge qui se termine"), empty_label=_("toutes"), choices=HORIZONS, method="clock_ending"
    )
    watch = ChoiceFilter(label=_("À surveiller"), empty_label=_("tous"), choices=Watch.choices, method="to_watch")
    obstacle = ChoiceFilter(
        label=_("Frein ouvert"), empty_label=_("tous"), choices=ObstacleKind.choices, method="held_back"
    )
    step = ChoiceFilter(label=_("Entrées de l’année"), empty_label=_("toutes"), choices=Step.choices, method="came_to")
    state = ChoiceFilter(label=_("Dossiers"), empty_label=None, choices=STATES, method="in_state")

    def __init__(
        self, data: QueryDict, *args: Any, request: HttpRequest, choices: CaseChoices | None = None, **kwargs: Any
    ) -> None:
        self.user: User = request.user  # type: ignore[assignment]
        self.on = today()
        # Read once for a page: each kept view is a set of filters of its own.
        self.choices = choices or case_choices(self.user)
        self.own = self.choices.own or EVERYONE
        super().__init__(defaulted(data, self.own), *args, request=request, **kwargs)
        words = {"days": urgency_limits(self.on, self.user.current_organisation_id).very_late_days}
        offered = {
            "urgency": [(code, str(said) % words) for code, said in URGENCIES],
            "coach": [(EVERYONE, _("toute l’équipe")), *self.choices.coaches.items()],
            "site": list(self.choices.sites.items()),
            "project": list(self.choices.projects.items()),
        }
        for name, found in offered.items():
            self.filters[name].extra["choices"] = found

    @property
    def unknown(self) -> list[str]:
        """The labels of the filters whose value is not among those that exist, any more or at all."""
        return [str(self.form[name].label) for name in self.filters if name in self.form.errors]

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

    def to_watch(self, found: CaseStatusQuerySet, name: str, code: str) -> CaseStatusQuerySet:
        """What the board counts under that name, whatever became of the case since is left out."""
        return found.open().filter(watched(code, self.on, self.user.current_organisation_id))

    def held_back(self, found: CaseStatusQuerySet, name: str, kind: str) -> CaseStatusQuerySet:
        """The cases with that obstacle, not lifted."""
        standing = Obstacle.objects.filter(case=OuterRef("case_id"), kind=kind).exclude(state=ObstacleState.LIFTED)
        return found.filter(Exists(standing))

    def came_to(self, found: CaseStatusQuerySet, name: str, step: str) -> CaseStatusQuerySet:
        """Of those who entered this year, the ones who came that far."""
        return reached(found, step, self.on)

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
        """The list without any filter: everybody's open cases. An address that asks for nothing is that of the view
        one starts with.
        """
        return f"{self.request.path}?coach={EVERYONE}"
