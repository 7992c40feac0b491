"""Changing phase: the one door, whoever asks."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from beneficiaries.case_facts import case_key, read_once
from beneficiaries.enums import ExitReason
from beneficiaries.models import CoachingCase, PhaseSpell
from beneficiaries.registries import exit_questions
from beneficiaries.rules.phases import ImpossibleTransition as NoSuchTransition
from beneficiaries.rules.phases import check_effective_date, missing_requirements
from beneficiaries.selectors.transitions import REQUIREMENT_HINTS, facts_of, requirement_sentence
from foundation.asking import ask
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import save_checked
from foundation.unit_of_work import kept
from method.rules.phases import Phase
from privacy.audit import act


class TransitionRefused(DomainError):
    """The change of phase lacks something, cannot exist, or has an impossible date."""


def locked_case(case: CoachingCase) -> CoachingCase:
    """The case, re-read and locked until the end of the transaction, so that two acts on it follow one another.

    Permission is asked of this row, not of the one a page was showing: the case may have changed hands since. An act
    made of several has one instance of it: locked once, and changed by each of them in turn.
    """
    return kept(case_key(case.pk), partial(_locked_alone, case.pk))


def locked_cases(keys: Iterable[UUID], organisation: UUID) -> list[CoachingCase]:
    """These cases of an organisation, as `locked_case` gives each of them; those of another one are left out.

    Locked in one order, so that two people at once wait for each other rather than for ever.
    """
    found = _locked(CoachingCase.objects.filter(pk__in=list(keys), organisation=organisation))
    return [kept(case_key(case.pk), partial(_itself, case)) for case in found]


def _locked_alone(key: UUID) -> CoachingCase:
    for case in _locked(CoachingCase.objects.filter(pk=key)):
        return case
    raise CoachingCase.DoesNotExist


def _locked(cases: QuerySet[CoachingCase]) -> list[CoachingCase]:
    """Lock cases, then read them with the rows whose key each holds and that nearly every act names.

    Two statements: one that joins would give, after it has waited, the new case beside rows read before the wait, or
    nothing at all when the case names another coach by then (PostgreSQL).
    """
    list(cases.select_for_update().order_by("pk").values_list("pk"))
    named = ("organisation", "beneficiary", "coach", "project", "eligibility", "coachability")
    return list(cases.select_related(*named).order_by("pk"))


def _itself(case: CoachingCase) -> CoachingCase:
    return case


def pass_to_phase(
    *,
    case: CoachingCase,
    to: Phase,
    on: date,
    actor: User,
    reason: str = "",
    exit_reason: str = "",
    exit_outcome: str = "",
) -> PhaseSpell:
    """Move the case to another phase from the day `on` (domain.md 4). EXIT also closes the case. Part of an act.

    The caller holds the permission; every requirement of the table is checked here on the facts of that day.

    Raises:
        TransitionRefused: the change does not exist, its date is in the future or before the current phase, or a
            requirement is missing.
    """
    case = locked_case(case)
    read_once(case, "spells")
    current = case.open_spell()
    _check_date(on, current)
    # An exit names its reason in the list; the words beside it do not take its place.
    why = exit_reason if to is Phase.EXIT else reason.strip()
    facts = facts_of(case, on, reason_given=bool(why), outcome_given=bool(exit_outcome))
    try:
        missing = missing_requirements(current.phase_code, to, facts)
    except NoSuchTransition as error:
        raise TransitionRefused(
            "impossible_transition",
            _("On ne passe pas de la phase « %(source)s » à la phase « %(target)s ».")
            % {"source": current.get_phase_display(), "target": PhaseSpell(phase=to).get_phase_display()},
            field="on",
        ) from error
    if missing:
        raise TransitionRefused(
            str(missing[0].value),
            " ".join(requirement_sentence(need, on) for need in missing),
            hint=" ".join(str(REQUIREMENT_HINTS[need]) for need in missing if need in REQUIREMENT_HINTS),
        )
    current.ends_on = on
    save_checked(current)
    spell = PhaseSpell(
        case=case,
        sequence=current.sequence + 1,
        phase=to,
        starts_on=on,
        reason=reason.strip(),
        exit_reason=exit_reason,
        exit_outcome=exit_outcome,
        actor=actor,
    )
    save_checked(spell)
    if to is Phase.EXIT:
        case.closed_on = on
        save_checked(case)
    return spell


def _check_date(on: date, current: PhaseSpell) -> None:
    """Refuse a date after today or before the phase in course."""
    problem = check_effective_date(on, today(), current.starts_on)
    if problem == "future":
        raise TransitionRefused("future", _("Un changement de phase ne se date pas dans le futur."), field="on")
    if problem == "before_previous":
        raise TransitionRefused(
            "before_previous",
            _("La phase en cours a commencé le %(date)s : le changement ne peut pas la précéder.")
            % {"date": f"{current.starts_on:%d/%m/%Y}"},
            field="on",
        )


@act
def start_prehire(*, case: CoachingCase, on: date, actor: User) -> PhaseSpell:
    """Open pre-hire: the path starts and the 24-month clock with it.

    Raises:
        NotAllowed: the case is not the actor's.
        TransitionRefused: eligibility, coachability or an agreement is missing that day, or the date is impossible.
    """
    require(actor, "beneficiaries.change_case", locked_case(case))
    return pass_to_phase(case=case, to=Phase.PRE_HIRE, on=on, actor=actor)


@act
def exit_case(
    *,
    case: CoachingCase,
    on: date,
    exit_reason: str,
    exit_outcome: str,
    actor: User,
    note: str = "",
    answers: Mapping[str, Any] | None = None,
    confirmed: frozenset[str] = frozenset(),
) -> PhaseSpell:
    """Close the case, from any phase, with its reason and the person's situation that day.

    `answers` are those to what the other rooms ask when a case ends (`beneficiaries.registries.exit_questions`); each
    writes down its own, and may refuse it.

    Raises:
        NotAllowed: the case is not the actor's.
        TransitionRefused: reason or outcome is missing, the case is already closed, or the date is impossible.
        Unconfirmed: a room doubts it (a contract runs, and the person is said not to work), and nobody said that it is
            meant.
    """
    require(actor, "beneficiaries.change_case", locked_case(case))
    if case.is_open and exit_reason != ExitReason.DEATH:
        ask([one for room in exit_questions for one in room.doubts(case, on, exit_outcome, answers or {})], confirmed)
    spell = pass_to_phase(
        case=case, to=Phase.EXIT, on=on, actor=actor, reason=note, exit_reason=exit_reason, exit_outcome=exit_outcome
    )
    for question in exit_questions if answers else ():
        question.tell(case, answers or {}, actor)
    return spell
