"""What a file says of the conditions of a hiring aid, judged on the eve of the first day of the contract.

Source: regulation file, section 6 (AID-00: the eve decides) and the rows of the catalogue, each with its dates. An aid
without a row here has conditions that a file does not know. Whatever is found here, the Forem alone grants it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from beneficiaries.rules.eligibility.base import AT_MOST_CESS, BELOW_CESS, Diploma
from foundation.rules.periods import ONE_DAY, Period, add_months, age_on
from foundation.rules.saying import say

#: half of a full time of 38 hours a week
HALF_TIME_HOURS = 19
#: the municipalities of the German-speaking Community, where the Walloon aids of the French-speaking region end
GERMAN_SPEAKING = frozenset(
    [
        "4700",
        "4701",
        "4710",
        "4711",
        "4720",
        "4721",
        "4728",
        "4730",
        "4731",
        "4750",
        "4760",
        "4761",
        "4770",
        "4771",
        "4780",
        "4782",
        "4783",
        "4784",
        "4790",
        "4791",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AidFacts:
    """What is known of the person and of the contract.

    Attributes:
        registrations: registrations as an unoccupied jobseeker, half-open, in any order.
        ends_on: last day planned, inclusive; ``None`` when open-ended or not known.
        open_ended: whether the contract is of a permanent type.
        weekly_hours: hours a week; ``None`` when not known.
    """

    birth_date: date | None
    diploma: str
    postal_code: str
    registrations: Sequence[Period]
    starts_on: date
    ends_on: date | None
    open_ended: bool
    weekly_hours: float | None = None

    @property
    def eve(self) -> date:
        """The day that decides."""
        return self.starts_on - ONE_DAY

    @property
    def age(self) -> int | None:
        """Age in completed years on the eve."""
        return None if self.birth_date is None else age_on(self.birth_date, self.eve)

    def registered_for(self, months: int) -> bool:
        """Whether a registration that runs on the eve began at least so many months before it."""
        since = add_months(self.eve, -months)
        return any(period.contains(self.eve) and period.start <= since for period in self.registrations)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of an aid in the words of the reader; what the facts say of it, ``None`` when they do not know."""

    words: str
    holds: bool | None


Test = Callable[[AidFacts], Condition]


@dataclass(frozen=True, slots=True)
class AidTests:
    """The tests of one version of an aid, for contracts whose first day is in ``[valid_from, valid_to]``."""

    code: str
    valid_from: date
    valid_to: date | None
    tests: tuple[Test, ...]

    def holds_on(self, starts_on: date) -> bool:
        """Whether they judge a contract that begins that day."""
        return self.valid_from <= starts_on and (self.valid_to is None or starts_on <= self.valid_to)


def _under(age: int) -> Test:
    return lambda f: Condition(say("moins de %(age)s ans", age=age), None if f.age is None else f.age < age)


def _from_age(age: int) -> Test:
    return lambda f: Condition(say("%(age)s ans ou plus", age=age), None if f.age is None else f.age >= age)


def _outside(low: int, high: int) -> Test:
    return lambda f: Condition(
        say("moins de %(low)s ans ou plus de %(high)s ans", low=low, high=high),
        None if f.age is None else f.age < low or f.age > high,
    )


def _registered(months: int) -> Test:
    return lambda f: Condition(
        say("inscrit·e comme inoccupé·e depuis au moins %(months)s mois", months=months), f.registered_for(months)
    )


def _registered_if_younger(age: int) -> Test:
    """A registration is asked of those under an age."""

    def test(f: AidFacts) -> Condition:
        words = say("avant %(age)s ans, inscrit·e comme inoccupé·e", age=age)
        if f.age is not None and f.age >= age:
            return Condition(words, True)
        return Condition(words, None if f.age is None else f.registered_for(0))

    return test


def _low_skilled_or_six_months(f: AidFacts) -> Condition:
    words = say("sans CESS, ou au plus le CESS et inscrit·e depuis au moins 6 mois")
    if f.diploma in BELOW_CESS:
        return Condition(words, f.registered_for(0))
    if f.diploma in AT_MOST_CESS:
        return Condition(words, f.registered_for(6))
    return Condition(words, None if f.diploma in (Diploma.OTHER, Diploma.UNKNOWN) else False)


def _at_most_cess(f: AidFacts) -> Condition:
    known = f.diploma not in (Diploma.OTHER, Diploma.UNKNOWN)
    return Condition(say("au plus le CESS"), f.diploma in AT_MOST_CESS if known else None)


def _french_wallonia(f: AidFacts) -> Condition:
    words = say("domicile en Wallonie de langue française")
    if not f.postal_code:
        return Condition(words, None)
    walloon = "1300" <= f.postal_code <= "1499" or "4000" <= f.postal_code <= "7999"
    return Condition(words, walloon and f.postal_code not in GERMAN_SPEAKING)


def _lasts(months: int) -> Test:
    """An open-ended contract, or one of so many calendar months."""

    def test(f: AidFacts) -> Condition:
        words = say("CDI ou contrat d’au moins %(months)s mois", months=months)
        if f.open_ended:
            return Condition(words, True)
        enough = None if f.ends_on is None else f.ends_on + ONE_DAY >= add_months(f.starts_on, months)
        return Condition(words, enough)

    return test


def _half_time(f: AidFacts) -> Condition:
    enough = None if f.weekly_hours is None else f.weekly_hours >= HALF_TIME_HOURS
    return Condition(say("au moins un mi-temps"), enough)


_REFORM, _JUNE_2023, _JULY_2023 = date(2017, 7, 1), date(2023, 6, 30), date(2023, 7, 1)
_END_2025, _START_2026 = date(2025, 12, 31), date(2026, 1, 1)
_JUNE_2026, _JULY_2026 = date(2026, 6, 30), date(2026, 7, 1)

_YOUNG = (_under(25), _low_skilled_or_six_months, _french_wallonia)
_YEAR = (_registered(12), _french_wallonia)

TESTS: tuple[AidTests, ...] = (
    AidTests("IMPULSION_25", _REFORM, _JUNE_2023, _YOUNG),
    AidTests("IMPULSION_25", _JULY_2023, _JUNE_2026, (*_YOUNG, _lasts(2))),
    AidTests("IMPULSION_12", _REFORM, _JUNE_2023, _YEAR),
    AidTests("IMPULSION_12", _JULY_2023, _JUNE_2026, (*_YEAR, _lasts(2))),
    AidTests("IMPULSION_55", _REFORM, _JUNE_2023, (_from_age(55),)),
    AidTests("IMPULSION_55", _JULY_2023, _END_2025, (_from_age(55), _registered_if_younger(60))),
    AidTests("IMPULSION_55", _START_2026, _JUNE_2026, (_from_age(57), _registered_if_younger(60))),
    AidTests("SESAM", _START_2026, _JUNE_2026, (_registered(4),)),
    AidTests("TREMPLIN_24", date(2021, 1, 1), _JUNE_2026, (_registered(24), _half_time, _lasts(24))),
    AidTests("INCITANT_AGE", _JULY_2026, None, (_outside(25, 57), _registered(4), _at_most_cess)),
    AidTests("INCITANT_12", _JULY_2026, None, (_registered(12),)),
    AidTests("INCITANT_24", _JULY_2026, None, (_registered(24),)),
)


def judged(code: str, facts: AidFacts) -> tuple[Condition, ...]:
    """Return what the facts say of each condition of the version that holds on the first day; empty when none does."""
    held = (version for version in TESTS if version.code == code and version.holds_on(facts.starts_on))
    return tuple(test(facts) for version in held for test in version.tests)
