"""What the filters of the list of cases offer: who carries cases, sites and projects, in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, IntegerField, OuterRef, Subquery, UUIDField, Value
from django.db.models.functions import Cast, Concat

from accounts.models import Organisation, Project, Site, User
from accounts.permissions import allows
from beneficiaries.models import CoachingCase
from foundation.rules.text import search_key

_KINDS = ("coach", "site", "project")


@dataclass(frozen=True, slots=True)
class CaseChoices:
    """Keys with their names, in order; ``own`` is the coach who asks, "" for others."""

    own: str
    coaches: Mapping[str, str] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)
    projects: Mapping[str, str] = field(default_factory=dict)


def case_choices(user: User) -> CaseChoices:
    """What the user may choose among; one statement.

    A coach is whoever carries a case of the organisation, and whoever asks if they are one.
    """
    found: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    own = str(user.pk) if allows(user, "accounts.coach") else ""
    if allows(user, "accounts.read_names"):
        rows = [(kind, str(pk), name.strip()) for kind, pk, name in _named(user)]
        for kind, pk, name in sorted(rows, key=lambda row: (row[0], search_key(row[2]), row[1])):
            found[kind][pk] = name
    if own:
        found["coach"].setdefault(own, user.get_full_name())
    return CaseChoices(own, found["coach"], found["site"], found["project"])


def _named(user: User) -> Any:
    here = user.current_organisation_id
    carried = CoachingCase.objects.filter(coach=OuterRef("pk"), organisation=here)
    coaches = User.objects.filter(Exists(carried)).annotate(
        said=Concat("first_name", Value(" "), "last_name", output_field=CharField())
    )
    sites = Site.objects.filter(organisation=here).annotate(said=Cast("name", CharField()))
    projects = Project.objects.filter(organisation=here).annotate(
        said=Concat("code", Value(" – "), "name", output_field=CharField())
    )
    parts = [
        rows.order_by()
        .annotate(kind=Value(kind, CharField()), key=Cast("pk", UUIDField()))
        .values_list("kind", "key", "said")
        for kind, rows in zip(_KINDS, (coaches, sites, projects), strict=True)
    ]
    return parts[0].union(*parts[1:], all=True)


class Number(Subquery):
    """How many rows a queryset has, as a column: several are counted in one statement."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def numbers(organisation_id: UUID | None, asked: Mapping[str, Any]) -> dict[str, int]:
    """How many rows each queryset has, by its name; one statement for all of them, none when nothing is asked."""
    if not asked or organisation_id is None:
        return dict.fromkeys(asked, 0)
    columns = {f"n{place}": Number(rows.values("pk")) for place, rows in enumerate(asked.values())}
    row = Organisation.objects.filter(pk=organisation_id).order_by().values_list(*columns.values()).get()
    # A condition that nothing can meet is no number at all for the database.
    return {name: number or 0 for name, number in zip(asked, row, strict=True)}
