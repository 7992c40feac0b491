"""The 491 firms: who was visited, whom the coaches met, which jobs came up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from demo.plan import names, texts
from demo.plan.calendar import working_day
from demo.plan.journeys import DAY, Job
from demo.plan.plan_types import CompanyPlan, ProspectionPlan, VacancyPlan
from demo.plan.quotas import MEN, ProjectQuota
from demo.plan.randomness import Dice
from demo.plan.regions import REGIONS
from demo.plan.trades import BY_CODE, FIRM_NAMES, JobKind

FUNCTIONS = ("Administration", "Chef d’équipe", "Responsable du personnel", "Comptabilité")
SIZES = (("MICRO", 55), ("SMALL", 30), ("MEDIUM", 11), ("LARGE", 4))


@dataclass(slots=True)
class Firm:
    """A firm being described: frozen into a :class:`CompanyPlan` once it is known when its first job came up."""

    key: str
    organisation: str
    name: str
    trade: str
    postal_code: str
    town: str
    needed_before: date | None = None

    def known_before(self, on: date) -> None:
        """Remember that the firm must have been visited before ``on``."""
        self.needed_before = min(self.needed_before or on, on)


def firms_of(project: ProjectQuota, taken: set[str]) -> list[Firm]:
    """Return the firms of one project, names unique in the whole pilot."""
    dice = Dice("firms", project.key)
    region = REGIONS[project.key]
    found: list[Firm] = []
    while len(found) < project.companies:
        trade = BY_CODE[dice.weighted(region.trades)]
        name = dice.pick(trade.firm_words).format(dice.pick(FIRM_NAMES))
        if name in taken:
            continue
        taken.add(name)
        postal_code, town = dice.pick(region.towns)
        key = f"{project.key}/company-{len(found) + 1:03d}"
        found.append(Firm(key, project.key, name, trade.code, postal_code, town))
    return found


def employers_for(jobs: Sequence[Job], firms: Sequence[Firm], used: dict[str, int], dice: Dice) -> list[Firm]:
    """Choose the employer of each job: a renewal stays in the firm, a few firms engage twice."""
    chosen: list[Firm] = []
    for job in jobs:
        if job.link == "renewal":
            chosen.append(chosen[-1])
            continue
        fresh = [firm for firm in firms if firm.key not in used and firm not in chosen]
        again = [firm for firm in firms if used.get(firm.key) == 1 and firm not in chosen]
        firm = dice.pick(again) if again and (not fresh or dice.chance(0.12)) else dice.pick(fresh)
        used[firm.key] = used.get(firm.key, 0) + 1
        chosen.append(firm)
    return chosen


def job_kind(firm: Firm, dice: Dice) -> JobKind:
    """One of the jobs of the firm's trade."""
    return dice.pick(BY_CODE[firm.trade].jobs)


@dataclass(frozen=True, slots=True)
class Offer:
    """What makes one vacancy different from another of the same kind."""

    key: str
    firm: Firm
    kind: JobKind
    contract_type: str
    weekly_hours: str
    opened_on: date
    closed_on: date | None
    state: str


def vacancy(offer: Offer) -> VacancyPlan:
    """Describe a job: its tasks, what was asked and what the tasks really need."""
    dice = Dice("vacancy", offer.key)
    return VacancyPlan(
        key=offer.key,
        organisation=offer.firm.organisation,
        company=offer.firm.key,
        title=offer.kind.title,
        state=offer.state,
        opened_on=offer.opened_on,
        closed_on=offer.closed_on,
        contract_type=offer.contract_type,
        weekly_hours=offer.weekly_hours,
        schedule=offer.kind.schedule,
        place=offer.firm.town,
        tasks=offer.kind.tasks,
        quality=dice.pick(texts.QUALITY),
        requirements=tuple(
            (stated, real if dice.chance(0.8) else "", dice.chance(0.75)) for stated, real in offer.kind.requirements
        ),
    )


def spare_offers(project: ProjectQuota, firms: Sequence[Firm], ref: date) -> list[Offer]:
    """Jobs that nobody of the project took: still open, filled by others, or withdrawn. A quarter of the firms had
    one.
    """
    dice = Dice("offers", project.key)
    found: list[Offer] = []
    for number, firm in enumerate(dice.shuffled(firms)[: max(8, len(firms) // 4)], 1):
        kind = job_kind(firm, dice)
        is_open = dice.chance(0.45)
        ago = dice.number(3, 45) if is_open else dice.number(60, 270)
        opened = working_day(ref - timedelta(days=ago), ref - timedelta(days=290), ref - DAY)
        closed = None if is_open else working_day(opened + timedelta(days=dice.number(20, 50)), opened, ref - DAY)
        state = "OPEN" if is_open else dice.weighted((("FILLED", 4), ("WITHDRAWN", 6)))
        firm.known_before(opened)
        found.append(
            Offer(
                f"{project.key}/offer-{number:03d}",
                firm,
                kind,
                dice.weighted((("CDD", 6), ("CDI", 4))),
                dice.pick(kind.hours),
                opened,
                closed,
                state,
            )
        )
    return found


def company(firm: Firm, number: int, coaches: Sequence[tuple[str, int]], ref: date) -> CompanyPlan:
    """Freeze one firm with the people met there and at least one visit or call, before its first job came up."""
    dice = Dice("company", firm.key)
    people = [(_somebody(dice), BY_CODE[firm.trade].boss.capitalize(), names.phone(4, 2 * number))]
    if dice.chance(0.22):
        people.append((_somebody(dice), dice.pick(FUNCTIONS), names.phone(4, 2 * number + 1)))
    coach = dice.weighted(coaches)
    visits: list[ProspectionPlan] = []
    oldest = ref - timedelta(days=355)
    if firm.needed_before is not None:
        first = working_day(
            firm.needed_before - timedelta(days=dice.number(1, 20)), oldest, max(oldest, firm.needed_before - DAY)
        )
        visits.append(_visit(coach, first, "VACANCY", people, dice))
    else:
        first = working_day(ref - timedelta(days=dice.number(2, 300)), oldest, ref - DAY)
        result = dice.weighted((("INTERESTED", 30), ("CALL_BACK", 30), ("NOT_NOW", 30), ("REFUSED", 10)))
        visits.append(_visit(coach, first, result, people, dice))
    for _ in range(dice.weighted(((0, 55), (1, 32), (2, 13)))):
        again = visits[-1].on + timedelta(days=dice.number(20, 80))
        if again < ref:
            result = dice.weighted((("INTERESTED", 45), ("CALL_BACK", 25), ("NOT_NOW", 30)))
            visits.append(_visit(coach, working_day(again, again, ref - DAY), result, people, dice))
    return CompanyPlan(
        key=firm.key,
        organisation=firm.organisation,
        name=firm.name,
        trade=firm.trade,
        sector=BY_CODE[firm.trade].sector,
        size=dice.weighted(SIZES),
        street=names.street(dice),
        postal_code=firm.postal_code,
        town=firm.town,
        phone=names.phone(3, number),
        people=tuple(people),
        prospections=tuple(visits),
    )


def _somebody(dice: Dice) -> str:
    first, last = names.full_name(names.EUROPEAN, dice.pick((MEN, "women")), dice, set())
    return f"{first} {last}"


def _visit(coach: str, on: date, result: str, people: Sequence[tuple[str, str, str]], dice: Dice) -> ProspectionPlan:
    """A direct and personal contact: the report counts no firm that only got a letter (seed 001, section 8)."""
    channel = dice.weighted((("VISIT", 55), ("PHONE", 45)))
    minutes = dice.pick((30, 45, 60)) if channel == "VISIT" else dice.pick((10, 15, 20))
    met = None if result == "CALL_BACK" and dice.chance(0.3) else dice.number(0, len(people) - 1)
    return ProspectionPlan(coach, on, channel, met, minutes, result, dice.pick(texts.PROSPECTION[result]))
