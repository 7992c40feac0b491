"""The cases that the board counts: one condition per name, read by its figures and by the list that each opens."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.enums import COACHING_ROLES
from accounts.models import Absence, Membership
from beneficiaries.models import PhaseSpell
from followup.models.querysets import CaseStatusQuerySet, suspensions_covering
from followup.rules.watching import Step, Watch
from method.rules.phases import Phase
from placements.models import Employment, Match
from placements.selectors.durable import durable_cases

_CLOCKS = {"24-mois": "prehire_deadline", "suivi": "followup_deadline", "contrat": "contract_ends_on"}


def silent(on: date) -> Q:
    """Cases whose average exceeds the tolerance on a day. Nothing is asked of somebody suspended."""
    due = Q(silent_until__isnull=True) | Q(silent_until__gt=on)
    return due & Q(~Exists(suspensions_covering(OuterRef("case_id"), on)), silent_from__lte=on)


def watched(code: str, on: date, organisation_id: UUID | None) -> Q:
    """The condition of what is watched, over the states of an organisation's cases; the open ones are meant."""
    if code == Watch.SILENT:
        return silent(on)
    if code == Watch.EXPIRED:
        return Q(prehire_deadline__lte=on)
    if code == Watch.UNCHECKED:
        return ~Q(phase=Phase.PREPARATORY) & Q(case__eligibility__isnull=True)
    if code == Watch.ORPHAN:
        return Q(~Exists(_at_work(on, organisation_id)))
    if code == Watch.ALONE:
        return Q(Exists(_uncovered(on, organisation_id)))
    clock, _dash, days = code.rpartition("-")
    name = _CLOCKS[clock]
    return Q(**{f"{name}__gt": on, f"{name}__lte": on + timedelta(days=int(days))})


def _at_work(on: date, organisation_id: UUID | None) -> QuerySet[Membership]:
    """The jobcoach of the outer row, as long as they work here."""
    found: QuerySet[Membership] = (
        Membership.objects.active_on(on)
        .with_role(*COACHING_ROLES)
        .filter(user=OuterRef("coach"), organisation=organisation_id, user__is_active=True)
    )
    return found


def _uncovered(on: date, organisation_id: UUID | None) -> QuerySet[Absence]:
    """An absence of the coach of the outer row in which nobody who may log in stands in."""
    nobody = Q(replacement__isnull=True) | Q(replacement__is_active=False)
    found: QuerySet[Absence] = Absence.objects.running_on(on).filter(
        nobody, user=OuterRef("coach"), organisation=organisation_id, user__is_active=True
    )
    return found


def reached(found: CaseStatusQuerySet, step: str, on: date) -> CaseStatusQuerySet:
    """Of these cases, those that entered in the year of a day and came as far as a step. Each step asks for the ones
    before it, so that a funnel never widens.
    """
    case = OuterRef("case_id")
    entered = found.filter(case__opened_on__gte=date(on.year, 1, 1), case__opened_on__lte=on)
    asked = [
        Q(case__eligibility__isnull=False),
        Q(Exists(PhaseSpell.objects.filter(case=case, phase=Phase.PRE_HIRE, starts_on__lte=on))),
        Q(Exists(Match.objects.filter(case=case)))
        | Q(Exists(Employment.objects.filter(case=case, cancelled_on__isnull=True, starts_on__lte=on))),
        Q(Exists(Employment.objects.filter(case=case, cancelled_on__isnull=True, starts_on__lte=on))),
    ]
    place = list(Step.values).index(step)
    narrowed: CaseStatusQuerySet = entered.filter(*asked[: min(place, len(asked))])
    if step == Step.DURABLE:
        # Of whoever entered: what the steps before ask needs no second reading of them.
        return narrowed.filter(case__in=durable_cases(entered.order_by().values("case"), on))
    return narrowed
