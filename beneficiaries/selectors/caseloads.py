"""Who carries how many cases, read for the hand-over of a caseload. A fixed number of statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from accounts.enums import CASE_CARRYING_ROLES, COACHING_ROLES
from accounts.models import Absence, Membership, User
from accounts.parameters import Key, value_on
from accounts.selectors.absences import absences
from beneficiaries.models import CoachingCase, PhaseSpell
from beneficiaries.rules.caseload import Load, norm_for
from method.rules.phases import Phase


@dataclass(slots=True)
class Caseload:
    """One person who carries cases, or may: their share of a full time as jobcoach, load, and absence of today."""

    coach: User
    works_here: bool
    fte: Decimal
    load: Load
    absence: Absence | None = None


def caseloads(viewer: User, on: date) -> dict[UUID, Caseload]:
    """Everybody who may receive cases on the day ``on``, and whoever carries open ones, by name. Four statements."""
    counts = dict(
        CoachingCase.objects.visible_to(viewer)
        .filter(closed_on__isnull=True)
        .order_by()
        .values_list("coach_id")
        .annotate(number=Count("pk"))
    )
    held = (
        Membership.objects.visible_to(viewer)
        .active_on(on)
        .with_role(*CASE_CARRYING_ROLES)
        .filter(user__is_active=True)
        .select_related("user")
    )
    people: dict[UUID, User] = {}
    shares: dict[UUID, Decimal] = {}
    for membership in held:
        people[membership.user_id] = membership.user
        share = membership.fte if membership.role in COACHING_ROLES else Decimal(0)
        shares[membership.user_id] = shares.get(membership.user_id, Decimal(0)) + share
    gone = User.objects.filter(pk__in=[pk for pk in counts if pk not in people])
    people |= {user.pk: user for user in gone}
    away = {absence.user_id: absence for absence in absences(viewer).running_on(on)}
    norm = value_on(Key.CASELOAD_NORM, on, viewer.current_organisation_id)
    return {
        pk: Caseload(
            coach=user,
            works_here=pk in shares,
            fte=shares.get(pk, Decimal(0)).normalize(),
            load=Load(counts.get(pk, 0), norm_for(shares.get(pk, Decimal(0)), norm)),
            absence=away.get(pk),
        )
        for pk, user in sorted(people.items(), key=lambda item: (str(item[1]), str(item[0])))
    }


def cases_to_hand_over(viewer: User, coach: User, ticked: Iterable[UUID] = ()) -> QuerySet[CoachingCase]:
    """The open cases of a coach, by name, with ``phase``; and those that were ticked, whoever carries them now."""
    spells = PhaseSpell.objects.filter(case=OuterRef("pk"), ends_on__isnull=True)
    found: QuerySet[CoachingCase] = (
        CoachingCase.objects.visible_to(viewer)
        .filter(Q(coach=coach, closed_on__isnull=True) | Q(pk__in=list(ticked)))
        .select_related("beneficiary", "project", "site")
        .annotate(phase=Subquery(spells.values("phase")[:1]))
        .order_by("beneficiary__search_key", "pk")
    )
    return found


def phase_words(phase: str) -> str:
    """The phase as the screen says it."""
    return str(Phase(phase).label)


def loads_of(people: Mapping[UUID, Caseload]) -> dict[UUID, Load]:
    """The loads alone, as the rule reads them."""
    return {pk: one.load for pk, one in people.items()}
