"""A contract and a suspension as they are written, and the days that they cover.

Source: domain, sections 3 and 6. Both are stated with inclusive last days; :attr:`Contract.worked` and
:attr:`Suspension.period` convert them once into half-open periods.
"""

from dataclasses import dataclass, field
from datetime import date

from employers.rules.lineage import Lineage
from foundation.rules.periods import ONE_DAY, Period, merge


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract as it is written: ``starts_on`` and ``ends_on`` are both worked; ``ends_on is None`` is open-ended.

    ``ended_on`` is the last day worked when the contract ended early, or when an open-ended one ended. ``employer`` is
    any stable key of the employer, once every take-over known has happened; ``lineage`` tells who it was before, and
    ``firm`` which record of it was signed with, where they differ. ``idle`` are the weeks without work of a job done by
    the week: no contract held then. ``censored``: ``ended_on`` is the last day on which the work was seen, and no end
    of it.
    """

    type: str
    employer: str
    starts_on: date
    ends_on: date | None = None
    ended_on: date | None = None
    idle: tuple[Period, ...] = ()
    censored: bool = False
    firm: str = field(default="", compare=False)
    lineage: Lineage | None = field(default=None, compare=False)

    @classmethod
    def signed_with(
        cls,
        firm: object,
        ties: str,
        *,
        type: str,
        starts_on: date,
        ends_on: date | None = None,
        ended_on: date | None = None,
        idle: tuple[Period, ...] = (),
    ) -> "Contract":
        """A contract with the record ``firm``, whose lineage is stored as ``ties``: the only way from row to rule."""
        lineage = Lineage.read(ties, str(firm))
        return cls(type, lineage.last, starts_on, ends_on, ended_on, idle, firm=str(firm), lineage=lineage)

    @property
    def place(self) -> str:
        """The record of the firm where the person works."""
        return self.firm or self.employer

    def employer_on(self, day: date) -> str:
        """Who the employer of this contract is on a day."""
        return self.employer if self.lineage is None else self.lineage.on(day)

    @property
    def worked(self) -> Period:
        """The days worked, as a half-open period.

        The earlier of the written and the real end holds: work beyond the written end is another contract. A contract
        that ends before it starts (the person never came) is an empty period.
        """
        ends = [end for end in (self.ends_on, self.ended_on) if end is not None]
        if not ends:
            return Period(self.starts_on, None)
        return Period.from_inclusive(self.starts_on, max(self.starts_on - ONE_DAY, min(ends)))

    @property
    def stretches(self) -> tuple[Period, ...]:
        """The days under contract, the weeks without work cut out: in order, none empty.

        One stretch for every contract but those by the week. A contract of which no day was worked has none.
        """
        whole = self.worked
        found, start = [], whole.start
        for gap in merge(self.idle):
            if gap.end is None:
                continue
            found.append(whole.clip(start, max(start, gap.start)))
            start = max(start, gap.end)
        found.append(whole.clip(start))
        return tuple(piece for piece in found if piece is not None)


@dataclass(frozen=True, slots=True)
class Suspension:
    """An approved suspension: both days are suspended; ``ends_on is None`` goes on until further notice."""

    starts_on: date
    ends_on: date | None = None

    @property
    def period(self) -> Period:
        """The suspended days, as a half-open period (empty when it ends before it starts)."""
        if self.ends_on is None:
            return Period(self.starts_on, None)
        return Period.from_inclusive(self.starts_on, max(self.starts_on - ONE_DAY, self.ends_on))
