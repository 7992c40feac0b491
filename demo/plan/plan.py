"""The pilot of 2002 as a plan: `build_pilot(as_of)` tells the whole history, ending on ``as_of``.

Deterministic: the same day gives the same plan, on any machine and any version of Python; another day gives the same
people,
phases and contracts at the same distance, on that day's own calendar (months are calendar months from the real start,
and nobody is received on a Sunday). See ``quotas`` for the figures and for why there are 152 contracts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from demo.plan import people, staff
from demo.plan.agenda import Outlook, appointments, last_counting, with_hours
from demo.plan.calendar import working_day
from demo.plan.caseload import allot, assignments, urgencies
from demo.plan.courses import Course, Fate, courses, received
from demo.plan.diary import CADENCE, Diary, Scene, running_window
from demo.plan.firms import Offer, company, firms_of, spare_offers, vacancy
from demo.plan.journeys import Journey, journey
from demo.plan.matching import Market, Placement, placement
from demo.plan.plan_types import AssignmentPlan, CasePlan, CompanyPlan, PersonPlan, PilotPlan, SpellPlan, VacancyPlan
from demo.plan.quotas import PROJECTS, ProjectQuota
from demo.plan.randomness import Dice
from demo.plan.regions import REGIONS
from demo.plan.trades import BY_CODE
from followup.rules.cadence import next_due_on

# The day the report's table was drawn up (seed 001, section 8).
REPORT_DAY = date(2002, 12, 31)


def build_pilot(as_of: date = REPORT_DAY) -> PilotPlan:
    """Return the whole pilot as seen on ``as_of``: six organisations, 311 people accompanied, 491 firms, 152 contracts;
    beside them those who were only received.
    """
    taken_people: set[tuple[str, str]] = set()
    taken_firms: set[str] = set()
    parts: list[_Part] = []
    for project in PROJECTS:
        offset = sum(len(part.people) for part in parts)
        firms_before = sum(len(part.companies) for part in parts)
        parts.append(_project(project, as_of, taken_people, taken_firms, (offset, firms_before)))
    return PilotPlan(
        as_of=as_of,
        organisations=staff.organisations(as_of),
        users=staff.users(as_of),
        people=tuple(row for part in parts for row in part.people),
        companies=tuple(row for part in parts for row in part.companies),
        vacancies=tuple(row for part in parts for row in part.vacancies),
        cases=with_hours([row for part in parts for row in part.cases]),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What one project adds to the plan."""

    people: tuple[PersonPlan, ...]
    companies: tuple[CompanyPlan, ...]
    vacancies: tuple[VacancyPlan, ...]
    cases: tuple[CasePlan, ...]


@dataclass(frozen=True, slots=True)
class _Person:
    """Everything known of one person before their file is written."""

    key: str
    plan: PersonPlan
    course: Course
    journey: Journey
    placement: Placement
    assignments: tuple[AssignmentPlan, ...]
    target: str
    unsettled: bool
    site_addresses: dict[str, str]


def _project(
    project: ProjectQuota, ref: date, taken_people: set[tuple[str, str]], taken_firms: set[str], before: tuple[int, int]
) -> _Part:
    coached, seen = courses(project), received(project)
    ways = [*coached, *seen]
    keys = [f"{project.key}/person-{number:03d}" for number in range(1, len(coached) + 1)]
    keys += [f"{project.key}/received-{number:03d}" for number in range(1, len(seen) + 1)]
    loyal = project.key == "res"
    paths = [journey(way, ref, Dice("journey", key), loyal=loyal) for key, way in zip(keys, ways, strict=True)]
    traits = {sex: people.traits(project, sex, quota) for sex, quota in project.by_sex()}
    # Whoever was only received is in no published count: they are like those who were coached.
    alike = {sex: people.traits(project, sex, quota) for sex, quota in project.by_sex()}
    profiles = [traits[way.sex].pop() for way in coached] + [alike[way.sex].pop() for way in seen]
    plans = [
        people.person(key, project.key, before[0] + i, who, path, ref, taken_people)
        for i, (key, who, path) in enumerate(zip(keys, profiles, paths, strict=True), 1)
    ]
    firms = firms_of(project, taken_firms)
    spare = spare_offers(project, firms, ref)
    market = Market(firms, spare, {})
    placements = [placement(key, way, path, market, ref) for key, way, path in zip(keys, ways, paths, strict=True)]
    if project.contracts != project.contracts_in_annex:
        placements = _outside_annex(ways, placements)
    coaches = allot(project.key, ways, paths, ref)
    targets = urgencies(project.key, coaches, paths, ref)
    carried = assignments(project.key, coaches, paths, ref)
    late = [
        i
        for i, (coach, target) in enumerate(zip(coaches, targets, strict=True))
        if target == "late" and coach == staff.DEMO_JOBCOACH
    ]
    unsettled = [i in late[:2] for i in range(len(keys))]
    sites = {site.key: staff.address(site) for row in staff.organisations(ref) for site in row.sites}
    addresses = [sites] * len(keys)
    known = zip(keys, plans, ways, paths, placements, carried, targets, unsettled, addresses, strict=True)
    cases = [_case(_Person(*row), ref) for row in known]
    offers: list[Offer] = [*spare, *(offer for row in placements for offer in row.offers)]
    weights = staff.coach_weights(project.key)
    return _Part(
        people=tuple(plans),
        companies=tuple(company(firm, before[1] + i, weights, ref) for i, firm in enumerate(firms, 1)),
        vacancies=tuple(vacancy(offer) for offer in offers),
        cases=tuple(cases),
    )


def _outside_annex(ways: Sequence[Course], placements: list[Placement]) -> list[Placement]:
    """Mark the one contract that the table counts and no annex does: a CDI still running (see ``quotas``)."""
    index = next(i for i, way in enumerate(ways) if way.fate is Fate.CDI_RUNNING)
    *earlier, last = placements[index].employments
    marked = (*earlier, replace(last, outside_annex=True))
    return [replace(row, employments=marked) if i == index else row for i, row in enumerate(placements)]


def _case(who: _Person, ref: date) -> CasePlan:
    key, path = who.key, who.journey
    organisation = who.plan.organisation
    dice = Dice("case", key)
    trade = BY_CODE[dice.weighted(REGIONS[organisation].trades)].label
    obstacles, kits = people.obstacles(key, who.plan, path, ref)
    goals = people.objectives(key, kits, trade, path, ref)
    scene = Scene(path, who.placement.firms, trade, kits, goals, who.placement.talks, who.target, ref)
    contacts = Diary(scene, Dice("diary", key)).write()
    regime = {"mire-centre": "MIRE", "fleurus": "HOUSE"}.get(organisation, "CISP")
    coach = who.assignments[-1].coach
    outlook = Outlook(
        target=who.target,
        due_on=_due_on(path, last_counting(contacts), ref),
        ref=ref,
        may_plan=who.course.fate is not Fate.EXPIRED,
        unsettled=who.unsettled,
        demo=coach == staff.DEMO_JOBCOACH,
    )
    site = _site(coach)
    addresses = {
        "OFFICE": who.site_addresses[site],
        "HOME": f"{who.plan.street}, {who.plan.postal_code} {who.plan.town}",
    }
    agenda = appointments(key, contacts, outlook, addresses)
    referrers = [name for name, _, refers in staff.PARTNERS if refers]
    return CasePlan(
        key=key,
        person=key,
        organisation=organisation,
        site=site,
        referrer=dice.pick(referrers),
        referred_on=working_day(
            path.opened_on - timedelta(days=dice.number(3, 20)), path.opened_on - timedelta(days=25), path.opened_on
        ),
        opened_on=path.opened_on,
        closed_on=path.closed_on,
        assignments=who.assignments,
        spells=tuple(
            SpellPlan(
                spell.phase,
                spell.starts_on,
                spell.ends_on,
                spell.reason,
                path.exit_reason if spell.phase == "EXIT" else "",
                path.exit_outcome if spell.phase == "EXIT" else "",
            )
            for spell in path.spells
        ),
        eligibility=people.eligibility(key, regime, who.plan, path),
        coachability=people.coachability(key, path),
        agreements=people.agreements(key, path, tripartite=regime == "MIRE"),
        obstacles=obstacles,
        objectives=goals,
        suspensions=path.suspensions,
        extensions=path.extensions,
        matches=who.placement.matches,
        employments=who.placement.employments,
        contacts=contacts,
        appointments=agenda,
    )


def _due_on(path: Journey, last: date | None, ref: date) -> date | None:
    """The day the next contact is due, by the rules."""
    spell = path.spells[-1]
    window = running_window(path.jobs, ref) if spell.phase == "FOLLOW_UP" else None
    return next_due_on(spell.phase, spell.starts_on, last, window, CADENCE)[0]


def _site(coach: str) -> str:
    """The site where a coach works."""
    organisation = coach.split("/")[0]
    places = next(row[-1] for row in staff.ORGANISATIONS if row[0] == organisation)
    number = int(coach.rsplit("-", 1)[1])
    return f"{organisation}/site-{1 + (number - 1) % len(places)}"
