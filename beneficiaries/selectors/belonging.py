"""To which project and site a case belonged on a day or during a period, as conditions that a statement carries.

The same as `beneficiaries.rules.belonging.stay_on`, for readers that filter rows by the thousand.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.expressions import Combinable

from accounts.models import Project, Site, User
from beneficiaries.models import CaseBelonging, CoachingCase
from beneficiaries.rules.belonging import stay_on


def belonged_between(
    first: date, last: date, *, project: Project | None = None, site: Site | None = None, case: str = "pk"
) -> Q:
    """The condition that a case belonged to a project, to a site, or to both at once, on at least one of the days from
    ``first`` to ``last``, both included; no condition without any. ``case`` is the path to its key.
    """
    stays = _of(project, site)
    if stays is None:
        return Q()
    touched = stays.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=first), starts_on__lte=last)
    return Q(Exists(touched.filter(case=OuterRef(case))))


def belonged_on(day: str, *, project: Project | None = None, site: Site | None = None, case: str = "case_id") -> Q:
    """The condition that the case of a row belonged to a project, to a site, or to both, on the day of the row; no
    condition without any. ``day`` and ``case`` are the paths to them.
    """
    stays = _of(project, site)
    return Q() if stays is None else Q(Exists(_covering(stays, case, day)))


def value_on_day(field: str, day: str, *, case: str = "case_id") -> Combinable:
    """The key of the ``project`` or of the ``site`` to which the case of a row belonged on the day of the row."""
    covering = _covering(CaseBelonging.objects.all(), case, day)
    return Subquery(covering.values(f"{field}_id")[:1], output_field=UUIDField())


def project_of(case: CoachingCase, on: date) -> Project | None:
    """The project of a case on a day; one statement, unless its `belongings` are loaded."""
    rows: Iterable[CaseBelonging] = getattr(case, "_prefetched_objects_cache", {}).get("belongings") or (
        case.belongings.select_related("project")
    )
    stay = stay_on(rows, on)
    return stay.project if stay is not None else case.project


def belongings_of(case: CoachingCase) -> list[CaseBelonging]:
    """Where a case belonged, in order, with the names; one statement."""
    return list(case.belongings.select_related("project", "site", "referrer", "actor").order_by("starts_on"))


def _of(project: Project | None, site: Site | None) -> QuerySet[CaseBelonging] | None:
    """The rows of a project, of a site or of both; ``None`` when neither is asked."""
    asked = {name: one for name, one in (("project", project), ("site", site)) if one is not None}
    return CaseBelonging.objects.filter(**asked) if asked else None


def _covering(stays: QuerySet[CaseBelonging], case: str, day: str) -> QuerySet[CaseBelonging]:
    """The rows of the case of the outer row that cover its day: at most one. Nothing happens before a case opens."""
    outer = OuterRef(day)
    covering = stays.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=outer), starts_on__lte=outer, case=OuterRef(case))
    return covering.order_by()


def projects_with_cases(user: User) -> QuerySet[Any]:
    """The projects of the user's organisation that have open cases, with `open_cases`: how many; one statement."""
    opened = Count("coachingcase", filter=Q(coachingcase__closed_on__isnull=True))
    found = Project.objects.visible_to(user).annotate(open_cases=opened)
    return found.filter(open_cases__gt=0).order_by("ends_on", "code", "pk")


def open_cases_in(user: User, project: Project, also: Sequence[UUID] = ()) -> QuerySet[CoachingCase]:
    """The open cases of a project by name, and those that are named whatever became of them."""
    found: QuerySet[CoachingCase] = (
        CoachingCase.objects.visible_to(user)
        .filter(Q(project=project, closed_on__isnull=True) | Q(pk__in=also))
        .select_related("beneficiary", "coach", "site")
        .order_by("beneficiary__last_name", "beneficiary__first_name", "pk")
    )
    return found


def told_of_belonging() -> dict[str, Any]:
    """What a statement of cases tells of their belongings besides: the first one, and whether there is more to read."""
    rows = CaseBelonging.objects.filter(case=OuterRef("pk"))
    return {
        "first_belonging_id": Subquery(rows.order_by("starts_on").values("pk")[:1]),
        "has_more_belongings": Exists(rows.filter(Q(ends_on__isnull=False) | ~Q(reason=""))),
    }


def shown_belongings(case: CoachingCase) -> list[CaseBelonging]:
    """The belongings of a case read with `told_of_belonging`, in order, with whoever wrote each.

    A case that never changed tells its only one by itself, written by whoever opened it; no statement then.
    """
    if case.has_more_belongings:  # type: ignore[attr-defined]
        return belongings_of(case)
    return [
        CaseBelonging(
            pk=case.first_belonging_id,  # type: ignore[attr-defined]
            case=case,
            project=case.project,
            site=case.site,
            referrer=case.referrer,
            starts_on=case.opened_on,
            actor=case.spells.all()[0].actor,
        )
    ]
