"""Exceptions as pages show them: those of a case, those that wait for a decision, the answers that are news."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import allows
from beneficiaries.models import CoachingCase, ExceptionRequest
from beneficiaries.registries import ExceptionKind, exception_kinds
from beneficiaries.rules.exceptions import ExceptionState
from foundation.formatting import date_words

LOOKS: dict[str, tuple[str, str]] = {
    ExceptionState.REQUESTED: ("warn", "hourglass"),
    ExceptionState.APPROVED: ("good", "circle-check"),
    ExceptionState.REFUSED: ("neutral", "x"),
    ExceptionState.WITHDRAWN: ("neutral", "ban"),
    ExceptionState.ENDED: ("neutral", "ban"),
}
_PEOPLE = ("requested_by", "decided_by", "ended_by", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionLine:
    """An exception, what it is about in words, how it looks, and the acts that it allows."""

    request: ExceptionRequest
    what: str
    tone: str
    icon: str
    can_decide: bool = False
    can_withdraw: bool = False
    can_take_back: bool = False

    @property
    def has_acts(self) -> bool:
        """Whether at least one act is offered."""
        return self.can_decide or self.can_withdraw or self.can_take_back


def what_words(request: ExceptionRequest) -> str:
    """What is asked or was granted: « 3 mois », « du … au … »; "" when the kind says it all."""
    if request.months:
        return ngettext("%(n)s mois", "%(n)s mois", request.months) % {"n": request.months}
    if request.starts_on is None:
        return ""
    if request.ends_on is None:
        return _("depuis le %(first)s, sans fin connue") % {"first": date_words(request.starts_on)}
    return _("du %(first)s au %(last)s") % {
        "first": date_words(request.starts_on),
        "last": date_words(request.ends_on),
    }


def exceptions_of(case: CoachingCase, actor: User) -> list[ExceptionLine]:
    """The exceptions of a case, the latest first; one statement."""
    rows = case.exceptions.select_related(*_PEOPLE).order_by("-requested_on", "-created_at")
    may_change = allows(actor, "beneficiaries.change_case", case)
    may_decide = allows(actor, "beneficiaries.decide_exception", case)
    return [
        ExceptionLine(
            request=row,
            what=what_words(row),
            tone=LOOKS[row.state][0],
            icon=LOOKS[row.state][1],
            can_decide=may_decide and row.is_waiting,
            can_withdraw=may_change and row.is_waiting and row.requested_by_id == actor.pk,
            can_take_back=may_decide and row.is_granted,
        )
        for row in rows
    ]


def kinds_to_ask(case: CoachingCase, actor: User, on: date) -> list[tuple[str, ExceptionKind]]:
    """What the actor may ask for the case that day, each with its name."""
    if not case.is_open or not allows(actor, "beneficiaries.change_case", case):
        return []
    labels = dict(ExceptionRequest._meta.get_field("kind").flatchoices)
    return [(str(labels[kind.code]), kind) for kind in exception_kinds if kind.may_ask(case, on)]


def waiting_for_decision(user: User, answered: Collection[UUID] = ()) -> QuerySet[ExceptionRequest]:
    """The requests of the user's organisation that wait for a decision, the oldest first; an exit answers none. Those
    ``answered`` a moment ago keep their place.
    """
    found: QuerySet[ExceptionRequest] = (
        ExceptionRequest.objects.visible_to(user)
        .filter(Q(state=ExceptionState.REQUESTED) | Q(pk__in=answered))
        .select_related("case__beneficiary", "requested_by")
        .order_by("requested_on", "created_at", "pk")
    )
    return found


def answers_for(user: User) -> QuerySet[ExceptionRequest]:
    """The answers to what somebody asked that they have not read, the latest first; their own decisions are no news."""
    found: QuerySet[ExceptionRequest] = (
        ExceptionRequest.objects.visible_to(user)
        .filter(requested_by=user, decided_by__isnull=False, answer_read_on__isnull=True)
        .exclude(decided_by=user)
        .select_related("case__beneficiary", "decided_by")
        .order_by("-decided_on", "-pk")
    )
    return found
