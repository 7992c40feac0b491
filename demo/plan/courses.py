"""Who does what during the pilot: contracts are strung into careers, and each person gets a situation.

Counts come from ``quotas``; which person gets which situation is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from demo.plan.quotas import ProjectQuota, SexQuota
from demo.plan.randomness import Dice


class Fate(StrEnum):
    """Where a person stands on the reference day, and how they got there."""

    PREPARATORY = "preparatory"
    SEARCHING = "searching"
    LONG_PATH = "long_path"
    EXPIRED = "expired"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    HIRING = "hiring"
    FELL_THROUGH = "fell_through"
    LEFT_PREPARATORY = "left_preparatory"
    LEFT_SEARCH = "left_search"
    USED_UP = "used_up"
    CDI_CONSOLIDATED = "cdi_consolidated"
    CDI_REVIEW_DUE = "cdi_review_due"
    CDI_RUNNING = "cdi_running"
    CDI_BOUNCED = "cdi_bounced"
    CDD_RUNNING = "cdd_running"
    CDD_ENDING_SOON = "cdd_ending_soon"
    CDD_PAST_WINDOW = "cdd_past_window"
    CDD_BOUNCED = "cdd_bounced"
    CDD_LEFT = "cdd_left"


CLOSED = frozenset({Fate.LEFT_PREPARATORY, Fate.LEFT_SEARCH, Fate.USED_UP, Fate.CDI_CONSOLIDATED, Fate.CDD_LEFT})
PERMANENT = frozenset({Fate.CDI_CONSOLIDATED, Fate.CDI_REVIEW_DUE, Fate.CDI_RUNNING, Fate.CDI_BOUNCED})


@dataclass(frozen=True, slots=True)
class Course:
    """One person's way: the types of their contracts in order, and where it leads. ``days_left`` is for long paths."""

    sex: str
    contracts: tuple[str, ...]
    fate: Fate
    days_left: int = 0

    @property
    def is_closed(self) -> bool:
        """Whether the case has left by the reference day."""
        return self.fate in CLOSED


def careers(quota: SexQuota, cdi_then_cdd: int, dice: Dice) -> list[tuple[str, ...]]:
    """String the contracts of one sex of one project into as many careers as people signed one.

    Fixed-term contracts come first in a career, except in the ``cdi_then_cdd`` careers where an open-ended one was
    lost.
    """
    cdi_then_cdd = min(cdi_then_cdd, quota.cdi, quota.cdd)
    found: list[tuple[str, ...]] = [("CDI", "CDD")] * cdi_then_cdd
    found += [("CDI",)] * (quota.cdi - cdi_then_cdd)
    spare = quota.cdd - cdi_then_cdd
    alone = quota.people_with_contract - len(found)
    if not 0 <= alone <= spare:
        raise ValueError("these contracts cannot be shared out among that many people")
    found += [("CDD",)] * alone
    spare -= alone
    turn = 0
    while spare:
        index = dice.number(0, len(found) - 1)
        turn += 1
        # Three contracts at most, and seldom more than two.
        if len(found[index]) < (3 if dice.chance(0.35) else 2):
            found[index] = ("CDD", *found[index])
            spare -= 1
        if turn > 40 * len(found):
            raise ValueError("too many contracts for so few people")
    return found


def courses(project: ProjectQuota) -> list[Course]:
    """Return one course per person of the project, in an order that tells nothing."""
    dice = Dice("courses", project.key)
    places = project.situations
    signed = [
        (sex, career)
        for sex, quota in project.by_sex()
        for career in careers(quota, places.cdi_then_cdd if sex == "women" else 0, dice)
    ]
    found = _permanent(project, [row for row in signed if row[1][-1] == "CDI"], dice)
    found += _fixed_term(project, [row for row in signed if row[1][-1] == "CDD"], dice)
    without = [sex for sex, quota in project.by_sex() for _ in range(quota.people - quota.people_with_contract)]
    found += _without_contract(project, dice.shuffled(without))
    return dice.shuffled(found)


def received(project: ProjectQuota) -> list[Course]:
    """Return the people whom the project received and did not coach: beside those whom the report counts, who were all
    accompanied.
    """
    sexes = [sex for sex, _quota in project.by_sex()]
    places = project.situations
    fates = [Fate.PREPARATORY] * places.preparatory + [Fate.LEFT_PREPARATORY] * places.left_preparatory
    return [Course(sexes[i % len(sexes)], (), fate) for i, fate in enumerate(fates)]


def _deal(rows: Sequence[tuple[str, tuple[str, ...]]], fates: list[Fate], rest: Fate) -> list[Course]:
    filled = [*fates, *[rest] * (len(rows) - len(fates))]
    return [Course(sex, career, fate) for (sex, career), fate in zip(rows, filled, strict=True)]


def _permanent(project: ProjectQuota, rows: list[tuple[str, tuple[str, ...]]], dice: Dice) -> list[Course]:
    """Those whose last contract is open-ended; whoever had jobs before it comes last, since the history must hold
    it.
    """
    places = project.situations
    ordered = sorted(dice.shuffled(rows), key=lambda row: len(row[1]))
    fates = [Fate.CDI_CONSOLIDATED] * places.consolidated
    fates += [Fate.CDI_BOUNCED] * places.cdi_bounced + [Fate.CDI_REVIEW_DUE] * places.review_due
    return _deal(ordered, fates, Fate.CDI_RUNNING)


def _fixed_term(project: ProjectQuota, rows: list[tuple[str, tuple[str, ...]]], dice: Dice) -> list[Course]:
    """Those whose last contract is a CDD: of the others, about as many work as have bounced back."""
    places = project.situations
    ordered = sorted(dice.shuffled(rows), key=lambda row: len(row[1]))
    fates = [Fate.CDD_PAST_WINDOW] * places.cdd_past_window + [Fate.CDD_LEFT] * places.cdd_left
    fates += [Fate.CDD_ENDING_SOON] * places.cdd_ending_soon
    others = len(ordered) - len(fates)
    if others < 0:
        raise ValueError(f"{project.key}: more situations than careers")
    mixed = [Fate.CDD_RUNNING] * (others // 2) + [Fate.CDD_BOUNCED] * (others - others // 2)
    return _deal(ordered, fates + dice.shuffled(mixed), Fate.CDD_BOUNCED)


def _without_contract(project: ProjectQuota, sexes: list[str]) -> list[Course]:
    places = project.situations
    fates = [(Fate.LONG_PATH, days) for days in places.long_paths]
    fates += [(Fate.EXPIRED, 0)] * places.expired
    fates += [(Fate.USED_UP, 0)] * places.used_up
    fates += [(Fate.EXTENDED, 0)] * places.extended
    fates += [(Fate.SUSPENDED, 0)] * places.suspended
    fates += [(Fate.HIRING, 0)] * places.hiring
    fates += [(Fate.FELL_THROUGH, 0)] * places.fell_through
    fates += [(Fate.LEFT_SEARCH, 0)] * places.left_search
    if len(fates) > len(sexes):
        raise ValueError(f"{project.key}: more situations than people")
    fates += [(Fate.SEARCHING, 0)] * (len(sexes) - len(fates))
    return [Course(sex, (), fate, days) for sex, (fate, days) in zip(sexes, fates, strict=True)]
