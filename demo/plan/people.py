"""The 311 people: the printed totals dealt out at random, names, ages, what stands in the way and what opens
pre-hire.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from beneficiaries.rules.agreements import AgreementKind, opening_agreements
from demo.plan import names, texts
from demo.plan.calendar import working_day
from demo.plan.journeys import DAY, Journey
from demo.plan.plan_types import (
    AgreementPlan,
    CoachabilityPlan,
    EligibilityPlan,
    ObjectivePlan,
    ObstaclePlan,
    PersonPlan,
)
from demo.plan.quotas import AGES, EDUCATIONS, ORIGINS, ProjectQuota, SexQuota
from demo.plan.randomness import Dice
from demo.plan.regions import REGIONS
from foundation.rules.periods import add_months, age_on

# Youngest and oldest age in years on the reference day. The margins keep a person in one class during the whole path,
# whatever the day one asks: nobody turns 25 or 46 on the way, and nobody is exactly 45.
AGE_RANGES = {"under_25": (20, 23), "25_to_45": (28, 43), "over_45": (49, 60)}


@dataclass(frozen=True, slots=True)
class Traits:
    """What is counted about one person."""

    sex: str
    age_class: str
    origin: str
    education: str
    asylum_seeker: bool


def _deal(values: tuple[str, ...], counts: tuple[int, ...], dice: Dice) -> list[str]:
    return dice.shuffled([value for value, count in zip(values, counts, strict=True) for _ in range(count)])


def traits(project: ProjectQuota, sex: str, quota: SexQuota) -> list[Traits]:
    """Return the people of one sex of one project: each count exact, combined at random."""
    dice = Dice("traits", project.key, sex)
    ages = _deal(AGES, quota.age, dice)
    origins = _deal(ORIGINS, quota.origin, dice)
    educations = _deal(EDUCATIONS, quota.education, dice)
    share = project.asylum_seekers * 2 // 3
    asylum = share if sex == "men" else project.asylum_seekers - share
    # Asylum seekers first hold the diplomas that nobody recognises (seed 001, annex on Verviers).
    foreign = [i for i, origin in enumerate(origins) if origin == ORIGINS[1]]
    foreign.sort(key=lambda i: educations[i] != "OTHER")
    seekers = set(foreign[:asylum])
    return [
        Traits(sex, age, origin, education, i in seekers)
        for i, (age, origin, education) in enumerate(zip(ages, origins, educations, strict=True))
    ]


def person(
    key: str, organisation: str, number: int, who: Traits, journey: Journey, ref: date, taken: set[tuple[str, str]]
) -> PersonPlan:
    """Give one person a name, an age, an address and a number that cannot exist."""
    dice = Dice("person", key)
    pools = {False: names.EUROPEAN, True: names.ASYLUM if who.asylum_seeker else names.FOREIGN}[
        who.origin == ORIGINS[1]
    ]
    first, last = names.full_name(pools, who.sex, dice, taken)
    by_registration = who.education in {"CESS", "OTHER"}
    low, high = AGE_RANGES[who.age_class]
    if who.age_class == "under_25" and (by_registration or journey.opened_on < ref - timedelta(days=400)):
        # Past compulsory schooling on the day support starts, and when the registration began.
        low = 22
    born = add_months(ref, -12 * dice.number(low, high)) - timedelta(days=dice.number(20, 340))
    postal_code, town = dice.pick(REGIONS[organisation].towns)
    months = dice.pick((26, 30, 38, 50)) if by_registration else dice.pick((5, 9, 14, 20, 28, 40))
    if who.age_class == "under_25":
        months = 26 if by_registration else min(months, 14)
    return PersonPlan(
        key=key,
        organisation=organisation,
        first_name=first,
        last_name=last,
        sex=who.sex,
        age_class=who.age_class,
        origin=who.origin,
        education=who.education,
        asylum_seeker=who.asylum_seeker,
        birth_date=born,
        jobseeker_since=add_months(journey.opened_on, -months),
        phone=names.phone(0, number),
        email=names.mail(first, last) if dice.chance(0.7) else "",
        street=names.street(dice),
        postal_code=postal_code,
        town=town,
    )


def obstacles(
    key: str, who: PersonPlan, journey: Journey, ref: date
) -> tuple[tuple[ObstaclePlan, ...], tuple[texts.ObstacleKit, ...]]:
    """Return what stands in the way, one to three things, with the texts that go with each."""
    dice = Dice("obstacles", key)
    weights = {
        "MOBILITY": 30,
        "CHILDCARE": 26 if who.sex == "women" and who.age_class != "over_45" else 5,
        "HEALTH": 10,
        "HOUSING": 8,
        "DEBT": 14,
        "ADMINISTRATIVE": 5,
        "SKILLS": 22,
        "CONFIDENCE": 18,
        "LANGUAGE": 1,
    }
    if who.origin == ORIGINS[1]:
        weights |= {"LANGUAGE": 60, "ADMINISTRATIVE": 30}
    if who.age_class == "over_45":
        weights |= {"HEALTH": 35}
    closed = journey.closed_on or ref
    found: list[ObstaclePlan] = []
    kits: list[texts.ObstacleKit] = []
    remaining = list(texts.OBSTACLES)
    for _ in range(dice.pick((1, 2, 2, 3))):
        kit = dice.weighted([(kit, weights[kit.kind]) for kit in remaining])
        remaining.remove(kit)
        kits.append(kit)
        seen = working_day(
            journey.opened_on + timedelta(days=dice.number(0, 30)),
            journey.opened_on,
            max(journey.opened_on, closed - DAY),
        )
        lifted = seen + timedelta(days=dice.number(30, 160))
        state = (
            "LIFTED"
            if lifted < closed and dice.chance(0.5)
            else dice.pick(("IDENTIFIED", "IN_PROGRESS", "IN_PROGRESS"))
        )
        found.append(ObstaclePlan(kit.kind, state, dice.pick(kit.notes), seen, lifted if state == "LIFTED" else None))
    return tuple(found), tuple(kits)


def objectives(
    key: str, kits: tuple[texts.ObstacleKit, ...], trade: str, journey: Journey, ref: date
) -> tuple[ObjectivePlan, ...]:
    """Return the goals of the action plan: none before pre-hire, then two to four, some reached, some dropped."""
    dice = Dice("objectives", key)
    start = journey.prehire_on
    if start is None:
        return ()
    closed = journey.closed_on or ref
    titles = [dice.pick(kit.goals) for kit in kits] + [dice.pick(texts.GOALS).format(trade=trade)]
    goals: list[ObjectivePlan] = []
    for position, title in enumerate(titles):
        set_on = working_day(
            start + timedelta(days=dice.number(0, 21) if position else 0), start, max(start, closed - DAY)
        )
        target = add_months(set_on, dice.pick((1, 2, 3)))
        settled = set_on + timedelta(days=dice.number(25, 120))
        state = dice.weighted((("ACHIEVED", 55), ("DROPPED", 12), ("ACTIVE", 33)))
        if settled >= closed:
            state = "ACTIVE" if journey.closed_on is None else state
            settled = closed
        goals.append(ObjectivePlan(title, state, set_on, target, None if state == "ACTIVE" else settled))
    if all(goal.state != "ACTIVE" for goal in goals) and journey.closed_on is None:
        last = goals[-1]
        goals[-1] = ObjectivePlan(last.title, "ACTIVE", last.set_on, last.target_on, None)
    return tuple(goals)


def eligibility(key: str, regime: str, who: PersonPlan, journey: Journey) -> EligibilityPlan | None:
    """Return the check that opens pre-hire; people still in the preparatory phase may not have it yet.

    Criteria and evidence are those of ``beneficiaries.rules.eligibility``, confirmed ones only.
    """
    dice = Dice("eligibility", key)
    start = journey.prehire_on
    if start is None:
        if not dice.chance(0.45):
            return None
        latest = journey.closed_on or journey.opened_on + timedelta(days=3)
    else:
        latest = start
    checked = working_day(journey.opened_on + timedelta(days=dice.number(0, 20)), journey.opened_on, latest)
    long_registered = who.jobseeker_since <= add_months(checked, -24)
    criteria: list[str] = []
    if who.education in {"CEB", "CESI"}:
        criteria.append("no_cess" if regime == "MIRE" else "at_most_cesdd")
    if long_registered:
        criteria.append("registered_24_of_36" if regime == "MIRE" else "registered_18_of_24")
    if regime == "MIRE" and age_on(who.birth_date, checked) >= 55:
        criteria.append("senior_55")
    if regime == "MIRE" and who.age_class == "under_25" and who.jobseeker_since <= add_months(checked, -12):
        criteria.append("young_12_months")
    if regime == "HOUSE":
        criteria = ["house_decision"]
    evidence = "DIPLOMA" if criteria[0] in {"no_cess", "at_most_cesdd"} else "FOREM_EXTRACT"
    seen = checked - timedelta(days=dice.number(0, 12))
    if regime == "HOUSE":
        evidence = "CPAS_CERTIFICATE"
    return EligibilityPlan(regime, checked, tuple(criteria), evidence, seen, "")


def coachability(key: str, journey: Journey) -> CoachabilityPlan | None:
    """Return the four conditions: all met where pre-hire began, one missing where the person was not coachable yet."""
    dice = Dice("coachability", key)
    if journey.prehire_on is not None:
        seen = working_day(
            journey.prehire_on - timedelta(days=dice.number(0, 9)), journey.opened_on, journey.prehire_on
        )
        return CoachabilityPlan(seen, True, True, True, True)
    if journey.exit_reason == "NOT_COACHABLE" and journey.closed_on:
        return CoachabilityPlan(journey.closed_on, True, True, False, True)
    return None


def agreements(key: str, journey: Journey, *, tripartite: bool) -> tuple[AgreementPlan, ...]:
    """Return the signed documents: the convention on the day pre-hire begins, the trust contract then or some days
    before.
    """
    start = journey.prehire_on
    if start is None:
        return ()
    dice = Dice("agreements", key)
    trust = working_day(start - timedelta(days=dice.pick((0, 0, 2, 5))), journey.opened_on, start)
    needed = set(opening_agreements(start)) | ({AgreementKind.TRIPARTITE} if tripartite else set())
    return tuple(
        AgreementPlan(
            kind.value,
            trust if kind is AgreementKind.TRUST_CONTRACT else start,
            "FOREM" if kind is AgreementKind.TRIPARTITE else "",
        )
        for kind in AgreementKind
        if kind in needed
    )
