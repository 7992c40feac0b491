"""What a decision or a contract would change to the clocks, without writing anything."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from foundation.formatting import date_words, days_words
from placements.rules.clocks import Contract, Suspension
from placements.rules.windows import FollowUpWindow
from placements.selectors.clocks import ClockFacts


@dataclass(frozen=True, slots=True)
class Shift:
    """A deadline before and after; ``None`` is a deadline that nobody knows while something stops the clock."""

    before: date | None
    after: date | None

    @property
    def days(self) -> int | None:
        """Days gained (negative: lost); ``None`` when one of the two dates is not known."""
        return (self.after - self.before).days if self.before and self.after else None

    @property
    def before_words(self) -> str:
        """The deadline as it is."""
        return deadline_words(self.before)

    @property
    def after_words(self) -> str:
        """The deadline as it would be."""
        return deadline_words(self.after)

    @property
    def difference(self) -> str:
        """What changes, in words."""
        if self.before == self.after:
            return _("rien ne change")
        if self.days is None:
            return _("l’échéance reste en suspens") if self.after is None else _("l’échéance est de nouveau connue")
        if self.days > 0:
            return _("%(days)s de plus") % {"days": days_words(self.days)}
        return _("%(days)s de moins") % {"days": days_words(-self.days)}

    @property
    def sentence(self) -> str:
        """Both and the difference, for a list of consequences."""
        if self.before == self.after:
            return _("l’échéance ne change pas (%(date)s).") % {"date": self.before_words}
        return _("l’échéance passe de %(before)s à %(after)s, %(difference)s.") % {
            "before": self.before_words,
            "after": self.after_words,
            "difference": self.difference,
        }


def deadline_words(deadline: date | None) -> str:
    """A deadline, or that it is not known."""
    return date_words(deadline) if deadline else _("en suspens")


def shift(facts: ClockFacts, trial: ClockFacts, on: date) -> Shift | None:
    """The 24-month deadline as it is and as the trial would leave it; ``None`` before pre-hire."""
    before, after = facts.prehire(on), trial.prehire(on)
    return Shift(before.deadline, after.deadline) if before and after else None


def with_suspension(facts: ClockFacts, suspension: Suspension, instead_of: Suspension | None = None) -> ClockFacts:
    """The facts with one more approved suspension, or with one in the place of another."""
    return replace(facts, suspensions=(*_without(facts.suspensions, instead_of), suspension))


def without_suspension(facts: ClockFacts, suspension: Suspension) -> ClockFacts:
    """The facts without an approved suspension."""
    return replace(facts, suspensions=_without(facts.suspensions, suspension))


def with_extension(facts: ClockFacts, months: int) -> ClockFacts:
    """The facts with months granted besides."""
    return replace(facts, extension_months=facts.extension_months + months)


def with_contract(facts: ClockFacts, contract: Contract, instead_of: Contract | None = None) -> ClockFacts:
    """The facts with one more contract, or with one in the place of another."""
    kept = list(facts.contracts)
    if instead_of is not None:
        kept.remove(instead_of)
    return replace(facts, contracts=(*kept, contract))


def _without(suspensions: tuple[Suspension, ...], gone: Suspension | None) -> tuple[Suspension, ...]:
    """Without one of them, once; a request that was not approved is not among them."""
    kept = list(suspensions)
    if gone in kept:
        kept.remove(gone)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class FollowUpShift:
    """The follow-up that counts today, and the one that a tried contract would open or lengthen."""

    before: FollowUpWindow | None
    after: FollowUpWindow | None

    @property
    def days(self) -> int | None:
        """Days between the two ends (negative: earlier); ``None`` when one of them does not exist."""
        return (self.after.deadline - self.before.deadline).days if self.before and self.after else None

    @property
    def is_new(self) -> bool:
        """Whether the trial opens a follow-up of its own."""
        return self.after is not None and (
            self.before is None or (self.before.starts_on, self.before.employer) != _job_of(self.after)
        )

    @property
    def length(self) -> str:
        """How long the tried follow-up lasts."""
        return days_words((self.after.deadline - self.after.starts_on).days) if self.after else ""

    @property
    def difference(self) -> str:
        """What changes, in words."""
        if self.before == self.after:
            return _("rien ne change")
        if self.days is None:
            return _("un suivi de %(days)s") % {"days": self.length}
        if self.days >= 0:
            return _("%(days)s plus tard") % {"days": days_words(self.days)}
        return _("%(days)s plus tôt") % {"days": days_words(-self.days)}


def _job_of(window: FollowUpWindow) -> tuple[date, str]:
    """What tells one follow-up from another."""
    return window.starts_on, window.employer


def followup_shift(facts: ClockFacts, trial: ClockFacts, tried: Contract | None, on: date) -> FollowUpShift:
    """The follow-up before and after a trial; a contract that is not followed changes nothing."""
    current = facts.followup(on)
    known = {_job_of(window): window for window in facts.windows()}
    before = known.get((current.starts_on, current.employer)) if current.starts_on and current.employer else None
    if tried is None or tried.type not in trial.policy.followed_types:
        return FollowUpShift(before, before)
    jobs = [window for window in trial.windows() if window.employer == tried.employer]
    after = max((window for window in jobs if window.starts_on <= tried.starts_on), key=_job_of, default=None)
    return FollowUpShift(before, after)
