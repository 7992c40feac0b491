"""Amendments (avenants): what a contract says on a day, once everything that was agreed since is taken into account.

Source: domain, sections 2, 5 and 6; law of 3 July 1978. A prolongation by amendment is the same contract: one job, one
window, no bounce. A contract for a time that becomes permanent is another matter: « a CDI concluded after CDDs at the
same employer opens six new months », so that it is told as the end of the one and the first day of the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from foundation.rules.periods import ONE_DAY
from placements.rules.contract_kinds import last_day_fault

# What a contract may become without anybody signing another one. An agency's worker whom the firm engages changes
# employer: that is a new contract.
MAY_BECOME: Mapping[str, tuple[str, ...]] = MappingProxyType({"CDD": ("CDI",)})


class AmendmentFault(StrEnum):
    """Why an amendment cannot be."""

    NOTHING = "nothing"
    BEFORE_START = "before_start"
    AFTER_END = "after_end"
    END_BEFORE_START = "end_before_start"
    END_UNFIT = "end_unfit"
    TYPE_UNFIT = "type_unfit"
    ALREADY_SO = "already_so"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedTerms:
    """What a contract says on a day. ``ends_on`` is its last day, included; hours are per week."""

    ends_on: date | None = None
    weekly_hours: Decimal | None = None
    job_title: str = ""
    joint_committee: str = ""
    wage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One amendment: what is left empty does not change.

    Attributes:
        effective_on: the first day on which it holds.
        order: among those of one day, the later one wins.
        changes_end: ``ends_on`` is the new last day, ``None`` meaning that none is known.
        becomes: the type that the contract takes, "" when it keeps its own.
    """

    effective_on: date
    order: int = 0
    changes_end: bool = False
    ends_on: date | None = None
    weekly_hours: Decimal | None = None
    job_title: str = ""
    joint_committee: str = ""
    wage: str = ""
    becomes: str = ""


def terms_on(signed: AgreedTerms, changes: Iterable[Change], on: date) -> AgreedTerms:
    """Return the terms in force on a day: those signed, and every change that holds by then."""
    terms = signed
    for change in sorted(changes, key=lambda one: (one.effective_on, one.order)):
        if change.effective_on > on:
            break
        terms = applied(terms, change)
    return terms


def applied(terms: AgreedTerms, change: Change) -> AgreedTerms:
    """Return the terms once a change holds."""
    return replace(
        terms,
        ends_on=change.ends_on if change.changes_end else terms.ends_on,
        weekly_hours=terms.weekly_hours if change.weekly_hours is None else change.weekly_hours,
        job_title=change.job_title or terms.job_title,
        joint_committee=change.joint_committee or terms.joint_committee,
        wage=change.wage or terms.wage,
    )


def agreed_end(signed_end: date | None, changes: Iterable[Change]) -> date | None:
    """Return the last day of the contract, every change of it taken into account, those to come too."""
    return terms_on(AgreedTerms(ends_on=signed_end), changes, date.max).ends_on


def fault_of(
    change: Change, *, contract_type: str, starts_on: date, ends_on: date | None, current: AgreedTerms
) -> AmendmentFault | None:
    """Return why a change cannot be made to a contract, or ``None``.

    ``ends_on`` is the last day agreed so far: an amendment holds at the latest the day after, since work beyond a gap
    is another contract. ``current`` are the terms of the day on which it would hold.
    """
    after = applied(current, change)
    if after == current and not change.becomes:
        empty = change == Change(effective_on=change.effective_on, order=change.order)
        return AmendmentFault.NOTHING if empty else AmendmentFault.ALREADY_SO
    first = starts_on + ONE_DAY if change.becomes else starts_on
    if change.effective_on < first:
        return AmendmentFault.BEFORE_START
    if ends_on is not None and change.effective_on > ends_on + ONE_DAY:
        return AmendmentFault.AFTER_END
    if change.becomes:
        fits = change.becomes in MAY_BECOME.get(contract_type, ()) and not change.changes_end
        return None if fits else AmendmentFault.TYPE_UNFIT
    if change.changes_end and change.ends_on is not None and change.ends_on < starts_on:
        return AmendmentFault.END_BEFORE_START
    if change.changes_end and last_day_fault(contract_type, change.ends_on) is not None:
        return AmendmentFault.END_UNFIT
    return None
