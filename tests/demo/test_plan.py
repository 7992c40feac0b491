"""The plan of the pilot: the report's counts, a life that obeys the rules, and the same plan every time."""

import hashlib
from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest

from beneficiaries.rules.agreements import opens_prehire
from beneficiaries.rules.phases import Spell, check_effective_date, spells_problem
from demo.plan.plan import REPORT_DAY, build_pilot
from demo.plan.plan_types import CasePlan, PersonPlan, PilotPlan
from demo.plan.published import published_figures
from demo.plan.quotas import PROJECTS
from demo.plan.staff import DEMO_JOBCOACH, DEPARTED_COACH
from followup.rules.cadence import (
    CadencePolicy,
    ContactFact,
    counts_for_cadence,
    no_shows_since_last_contact,
)
from followup.rules.deadlines import CaseFacts, DeadlinePolicy, contact_deadlines, due_on
from followup.rules.kinds import DeadlineKind
from foundation.rules.periods import Period, add_months, age_on
from method.rules.phases import Phase
from method.rules.urgency import Urgency, UrgencyLimits, urgency
from placements.rules.clocks import (
    ClockPolicy,
    Contract,
    PrehireState,
    Suspension,
    prehire_clock,
)
from placements.rules.windows import FollowUpState, FollowUpWindow, followup_clock

FIGURES = published_figures()
CLOCKS = ClockPolicy()
CADENCE = CadencePolicy()
# The day of the report; a leap year's ends; a Sunday; the last days of months that clamp.
DAYS = (REPORT_DAY, date(2004, 2, 29), date(2024, 8, 31), date(2026, 11, 22), date(2027, 2, 28))


# Frozen, and slow to build: one for each day, in whatever order the tests of several days come.
built = cache(build_pilot)


@pytest.fixture(params=DAYS, ids=str)
def plan(request: pytest.FixtureRequest) -> PilotPlan:
    return built(request.param)


@pytest.fixture
def report() -> PilotPlan:
    return built()


def _contracts(case: CasePlan) -> tuple[Contract, ...]:
    return tuple(Contract(j.contract_type, j.company, j.starts_on, j.ends_on, j.ended_on) for j in case.employments)


def _prehire_on(case: CasePlan) -> date | None:
    return next((spell.starts_on for spell in case.spells if spell.phase == "PRE_HIRE"), None)


def _clock(case: CasePlan, on: date):
    started = _prehire_on(case)
    assert started is not None
    return prehire_clock(
        started_on=started,
        contracts=_contracts(case),
        suspensions=[Suspension(s.starts_on, s.ends_on) for s in case.suspensions if s.state == "APPROVED"],
        closed_on=case.closed_on,
        extension_months=sum(extension.months for extension in case.extensions),
        policy=CLOCKS,
        on=on,
    )


# --- the report's counts
# ------------------------------------------------------------------------------------------------


def accompanied(plan: PilotPlan) -> list[PersonPlan]:
    """The people whom the report counts: those who entered pre-hire."""
    entered = {case.person for case in plan.cases if any(spell.phase == "PRE_HIRE" for spell in case.spells)}
    return [person for person in plan.people if person.key in entered]


def test_people_firms_and_contracts_are_as_many_as_published(plan: PilotPlan) -> None:
    assert len(plan.organisations) == len(FIGURES.projects) == 6
    assert len(accompanied(plan)) == FIGURES.people_coached == 311
    # Received and not coached: beside the published ones, in no count of the report.
    received = [person for person in plan.people if person not in accompanied(plan)]
    assert len(plan.people) == len(plan.cases) == 311 + len(received)
    assert {person.key.split("/")[1][:8] for person in received} == {"received"}
    assert len(received) == 35
    assert len(plan.companies) == FIGURES.companies_contacted
    assert sum(len(case.employments) for case in plan.cases) == FIGURES.contracts_signed


def test_profile_by_sex_is_the_published_table(plan: PilotPlan) -> None:
    for dimension, attribute in (("age", "age_class"), ("origin", "origin"), ("education", "education")):
        counted = Counter((getattr(person, attribute), person.sex) for person in accompanied(plan))
        for value, by_sex in FIGURES.profile[dimension].items():
            assert {sex: counted[value, sex] for sex in by_sex} == by_sex
    assert Counter(person.sex for person in accompanied(plan)) == {"men": FIGURES.men, "women": FIGURES.women}


def test_contracts_by_type_and_sex_are_the_published_table(plan: PilotPlan) -> None:
    sex = {person.key: person.sex for person in plan.people}
    counted = Counter((job.contract_type, sex[case.person]) for case in plan.cases for job in case.employments)
    for contract_type, by_sex in FIGURES.contracts.items():
        assert {who: counted[contract_type, who] for who in by_sex} == by_sex


@pytest.mark.parametrize("project", PROJECTS, ids=lambda p: p.key)
def test_counts_of_each_project(plan: PilotPlan, project) -> None:
    published = next(row for row in FIGURES.projects if row.name == project.name)
    jobs = [job for case in plan.cases if case.organisation == project.key for job in case.employments]
    assert sum(person.organisation == project.key for person in accompanied(plan)) == published.people
    assert sum(company.organisation == project.key for company in plan.companies) == published.companies
    assert sum(not job.outside_annex for job in jobs) == published.contracts
    if published.cdi is not None:
        assert sum(job.contract_type == "CDI" and not job.outside_annex for job in jobs) == published.cdi
    if published.cdd is not None:
        assert sum(job.contract_type == "CDD" for job in jobs) == published.cdd


def test_contracts_and_visits_fall_within_the_last_twelve_months(plan: PilotPlan) -> None:
    first = add_months(plan.as_of, -12) + timedelta(days=1)
    for case in plan.cases:
        assert all(first <= job.starts_on <= plan.as_of for job in case.employments)
        assert any(contact.on >= first and contact.outcome == "HELD" for contact in case.contacts)
    for company in plan.companies:
        assert company.prospections
        assert all(first <= visit.on <= plan.as_of for visit in company.prospections)
        assert {visit.channel for visit in company.prospections} <= {"VISIT", "PHONE"}


def test_ages_are_in_their_class_during_the_whole_path(plan: PilotPlan) -> None:
    limits = {"under_25": (18, 24), "25_to_45": (25, 44), "over_45": (46, 65)}
    opened = {case.person: case.opened_on for case in plan.cases}
    for person in plan.people:
        low, high = limits[person.age_class]
        assert low <= age_on(person.birth_date, opened[person.key])
        assert age_on(person.birth_date, plan.as_of) <= high


def test_names_and_numbers_are_invented_and_unique(plan: PilotPlan) -> None:
    assert len({(person.first_name, person.last_name) for person in plan.people}) == len(plan.people)
    assert len({company.name for company in plan.companies}) == len(plan.companies)
    assert len({person.phone for person in plan.people}) == len(plan.people)
    assert all(person.phone.startswith("0470 00 ") for person in plan.people)
    assert all(not person.email or person.email.endswith("@exemple.test") for person in plan.people)
    assert all(user.email.endswith("exemple.test") for user in plan.users)
    assert len({user.email for user in plan.users}) == len(plan.users)


# --- the rules
# ----------------------------------------------------------------------------------------------------------


def test_phases_obey_the_table_and_the_calendar(plan: PilotPlan) -> None:
    for case in plan.cases:
        spells = [Spell(Phase(s.phase), s.starts_on, s.ends_on) for s in case.spells]
        assert spells_problem(spells) is None, case.key
        assert spells[0].starts_on == case.opened_on
        previous = None
        for spell in spells:
            assert check_effective_date(spell.starts_on, plan.as_of, previous) is None, case.key
            previous = spell.starts_on
        assert (case.closed_on is not None) == (spells[-1].phase is Phase.EXIT)
        assert all(bool(s.exit_reason) == bool(s.exit_outcome) == (s.phase == "EXIT") for s in case.spells)


def test_what_opens_prehire_is_there_on_time(plan: PilotPlan) -> None:
    for case in plan.cases:
        started = _prehire_on(case)
        if started is None:
            assert not case.agreements
            continue
        assert case.eligibility is not None
        assert case.eligibility.criteria
        assert case.eligibility.evidence_on <= case.eligibility.checked_on <= started
        assert case.coachability is not None
        assert case.coachability.checked_on <= started
        signed = {agreement.kind: agreement.signed_on for agreement in case.agreements}
        assert opens_prehire(signed, started)
        assert all(case.opened_on <= on <= started for on in signed.values())


def test_each_hiring_has_its_match_or_was_found_alone(plan: PilotPlan) -> None:
    for case in plan.cases:
        accepted = {m.key: m for m in case.matches if m.person_decision == m.employer_decision == "ACCEPTED"}
        hires = [spell for spell in case.spells if spell.phase == "HIRE"]
        for spell in hires:
            by_match = any(
                m.employer_decided_on and m.employer_decided_on <= spell.starts_on for m in accepted.values()
            )
            alone = any(job.found_alone and job.starts_on == spell.starts_on for job in case.employments)
            assert by_match or alone, case.key
        for job in case.employments:
            assert job.match is None or job.match in accepted
            if job.match:
                agreed_on = accepted[job.match].employer_decided_on
                assert agreed_on is not None
                assert agreed_on <= job.starts_on


def test_proposals_are_made_in_prehire_the_person_answering_first(plan: PilotPlan) -> None:
    vacancies = {vacancy.key: vacancy for vacancy in plan.vacancies}
    for case in plan.cases:
        assert len({match.vacancy for match in case.matches}) == len(case.matches)
        stays = [Period(s.starts_on, s.ends_on) for s in case.spells if s.phase == "PRE_HIRE"]
        for match in case.matches:
            vacancy = vacancies[match.vacancy]
            assert vacancy.organisation == case.organisation
            assert vacancy.opened_on <= match.proposed_on <= plan.as_of
            assert vacancy.closed_on is None or match.proposed_on <= vacancy.closed_on
            assert any(stay.contains(match.proposed_on) or stay.end == match.proposed_on for stay in stays), case.key
            assert match.person_decided_on is None or match.proposed_on <= match.person_decided_on <= plan.as_of
            if match.employer_decided_on:
                assert match.person_decision == "ACCEPTED"
                assert match.person_decided_on
                assert match.person_decided_on <= match.employer_decided_on <= plan.as_of
            assert bool(match.refusal_reason) == ("REFUSED" in (match.person_decision, match.employer_decision))


def test_follow_up_stands_exactly_on_the_days_of_work(plan: PilotPlan) -> None:
    for case in plan.cases:
        worked = [contract.worked for contract in _contracts(case)]
        assert all(a.end is not None and a.end <= b.start for a, b in pairwise(worked)), case.key
        for spell in case.spells:
            if spell.phase == "FOLLOW_UP":
                assert any(period.start == spell.starts_on for period in worked)
                if spell.ends_on is None:
                    assert worked[-1].contains(plan.as_of)
                elif case.spells[-1].exit_reason != "CONSOLIDATED":
                    assert any(period.end == spell.ends_on for period in worked)
            elif spell.phase != "EXIT":
                stay = Period(spell.starts_on, spell.ends_on or plan.as_of)
                assert not any(stay.overlaps(period) for period in worked), case.key


def test_contracts_are_well_formed(plan: PilotPlan) -> None:
    for case in plan.cases:
        for job in case.employments:
            assert (job.contract_type == "CDI") == (job.ends_on is None)
            assert (job.ended_on is None) == (job.end_reason == "")
            if job.ended_on:
                assert job.starts_on <= job.ended_on < plan.as_of
                assert job.ends_on is None or job.ended_on <= job.ends_on
            elif job.ends_on:
                assert job.ends_on >= plan.as_of
            assert job.followup_agreed_on <= job.starts_on


def test_no_clock_is_overrun_but_the_one_that_shows_it(plan: PilotPlan) -> None:
    expired = []
    for case in plan.cases:
        if _prehire_on(case) is None:
            continue
        clock = _clock(case, case.closed_on or plan.as_of)
        assert clock.used_days <= clock.allowance_days + 14
        if clock.state is PrehireState.EXPIRED:
            expired.append(case)
        for spell in case.spells:
            if spell.phase in {"PRE_HIRE", "HIRE"}:
                assert _clock(case, spell.starts_on).state is not PrehireState.EXPIRED
    assert [case.coach for case in expired] == [DEMO_JOBCOACH]
    assert not [meeting for case in expired for meeting in case.appointments if meeting.state == "PLANNED"]


def test_suspensions_and_extensions_are_decided_in_time(plan: PilotPlan) -> None:
    states = Counter(pause.state for case in plan.cases for pause in case.suspensions)
    assert states == {"APPROVED": 4, "REQUESTED": 1}
    for case in plan.cases:
        for pause in case.suspensions:
            started = _prehire_on(case)
            assert started is not None
            assert started <= pause.starts_on <= pause.ends_on
            if pause.state == "APPROVED":
                held = [c for c in case.contacts if pause.starts_on < c.on <= pause.ends_on and c.outcome == "HELD"]
                assert not held
    extended = [case for case in plan.cases if case.extensions]
    assert len(extended) == 1
    started = _prehire_on(extended[0])
    assert started is not None
    assert extended[0].extensions[0].granted_on <= add_months(started, CLOCKS.prehire_months) < plan.as_of


def test_people_leave_consolidated_when_their_six_months_are_over(plan: PilotPlan) -> None:
    found = [case for case in plan.cases if case.spells[-1].exit_reason == "CONSOLIDATED"]
    assert len(found) == sum(project.situations.consolidated for project in PROJECTS)
    for case in found:
        assert case.closed_on is not None
        window = followup_clock(_contracts(case), CLOCKS, case.closed_on)
        assert window.state is FollowUpState.DONE
        assert window.deadline is not None
        assert timedelta() <= case.closed_on - window.deadline <= timedelta(days=14)
        assert case.employments[-1].contract_type == "CDI"


def test_contacts_stay_within_the_path_and_the_past(plan: PilotPlan) -> None:
    for case in plan.cases:
        for contact in case.contacts:
            assert case.opened_on <= contact.on <= plan.as_of
            assert (contact.outcome == "NO_SHOW") == (contact.minutes == 0) == (contact.summary == "")
            assert contact.minutes == 5 or 15 <= contact.minutes <= 90 or contact.minutes == 0
            assert all(0 <= i < len(case.objectives) for i in contact.objectives)
            assert "{" not in contact.summary
        if case.closed_on and case.spells[-1].exit_reason != "CONSOLIDATED":
            assert all(contact.on <= case.closed_on for contact in case.contacts)


def test_an_employer_who_must_not_know_is_never_contacted(plan: PilotPlan) -> None:
    secret = 0
    for case in plan.cases:
        hidden = {job.company for job in case.employments if job.followup_mode == "DISCREET"}
        open_about = {job.company for job in case.employments if job.followup_mode == "AGREED"}
        secret += bool(hidden)
        talked_to = {contact.company for contact in case.contacts if contact.company}
        assert not talked_to & (hidden - open_about), case.key
    assert secret > 5


def test_contacts_follow_the_cadence_in_closed_stays(plan: PilotPlan) -> None:
    """Weekly in pre-hire on average, irregular as life is, and never forgotten for two months."""
    gaps = []
    for case in plan.cases:
        held = [c.on for c in case.contacts if counts_for_cadence(c.channel, c.outcome, c.party)]
        for spell in case.spells:
            if spell.phase == "PRE_HIRE" and spell.ends_on:
                days = sorted({on for on in held if spell.starts_on <= on < spell.ends_on})
                gaps += [(b - a).days for a, b in pairwise(days)]
    assert 6 <= sum(gaps) / len(gaps) <= 9
    assert max(gaps) <= 31


# --- a life-like day
# ----------------------------------------------------------------------------------------------------


LIMITS = UrgencyLimits()


def _next(case: CasePlan, on: date) -> tuple[date | None, Urgency]:
    """The contact due of an open case, by the rule of the deadlines, and how urgent it is."""
    spell = case.spells[-1]
    clock = followup_clock(_contracts(case), CLOCKS, on)
    running = clock.state is FollowUpState.RUNNING
    windows = []
    if running and clock.starts_on and clock.deadline:
        windows = [(FollowUpWindow(clock.starts_on, clock.deadline, clock.employer or ""), CADENCE)]
    held = [c.on for c in case.contacts if counts_for_cadence(c.channel, c.outcome, c.party)]
    facts = CaseFacts(
        phase=Phase(spell.phase),
        phase_started_on=spell.starts_on,
        last_contact_on=max(held, default=None),
        windows=windows,
    )
    due = due_on(contact_deadlines(facts, DeadlinePolicy(cadence=CADENCE, clocks=CLOCKS)), DeadlineKind.CONTACT, on)
    return due, urgency(due, on, LIMITS)


def test_each_full_time_coach_has_fifteen_to_twenty_open_cases(plan: PilotPlan) -> None:
    fte = {user.key: user.memberships[0].fte for user in plan.users if user.memberships[0].role == "JOBCOACH"}
    load = Counter(case.coach for case in plan.cases if case.closed_on is None)
    for coach, count in load.items():
        if coach != DEPARTED_COACH:
            assert 15 <= count / float(fte[coach]) <= 20, coach
    assert load[DEPARTED_COACH] == 2


def test_every_team_has_contacts_on_time_due_and_late(plan: PilotPlan) -> None:
    for organisation in plan.organisations:
        mine = [case for case in plan.cases if case.organisation == organisation.key and case.closed_on is None]
        status = Counter(found for _due, found in (_next(case, plan.as_of) for case in mine))
        overdue = status[Urgency.LATE] + status[Urgency.VERY_LATE]
        assert min(status[Urgency.LATER], status[Urgency.SOON], status[Urgency.TODAY], overdue) >= 1, organisation.key
        assert status[Urgency.LATER] >= overdue


def test_the_demonstration_coach_has_something_of_everything(plan: PilotPlan) -> None:
    on = plan.as_of
    mine = [case for case in plan.cases if case.coach == DEMO_JOBCOACH and case.closed_on is None]
    due = [_next(case, on) for case in mine]
    status = Counter(found for _due, found in due)
    assert status[Urgency.TODAY] >= 3
    assert status[Urgency.SOON] >= 3
    assert sum(day is not None and 0 < (on - day).days <= 14 for day, _found in due) >= 2
    assert sum(day is not None and (on - day).days > 14 for day, _found in due) >= 2
    assert {case.spells[-1].phase for case in mine} == {"PREPARATORY", "PRE_HIRE", "HIRE", "FOLLOW_UP"}

    rows = [[ContactFact(c.on, c.channel, c.outcome, c.party) for c in case.contacts] for case in mine]
    assert any(len(no_shows_since_last_contact(row)) >= 3 for row in rows)
    agenda = [a for case in mine for a in case.appointments if a.state == "PLANNED"]
    today = [a for a in agenda if a.on == on]
    assert len(today) >= 3
    assert len({a.at for a in today}) == len(today)
    assert sum(a.on < on for a in agenda) == 2

    clocks = [_clock(case, on) for case in mine if _prehire_on(case)]
    left = [(clock.deadline - on).days for clock in clocks if clock.deadline and clock.state is PrehireState.RUNNING]
    assert any(0 < days <= 31 for days in left)
    assert any(0 < days <= 92 for days in left)
    ends = [job.ends_on for case in mine for job in case.employments if job.ends_on and job.ended_on is None]
    assert sum(0 < (end - on).days <= 30 for end in ends) >= 2
    reviews = [c for c in mine if c.spells[-1].phase == "FOLLOW_UP" and c.employments[-1].contract_type == "CDI"]
    assert any(followup_clock(_contracts(case), CLOCKS, on).state is FollowUpState.DONE for case in reviews)


def test_clocks_end_within_thirty_sixty_and_ninety_days(plan: PilotPlan) -> None:
    left = [
        (clock.deadline - plan.as_of).days
        for case in plan.cases
        if case.closed_on is None and _prehire_on(case)
        for clock in [_clock(case, plan.as_of)]
        if clock.deadline and clock.state is PrehireState.RUNNING
    ]
    for low, high in ((1, 30), (31, 60), (61, 90)):
        assert any(low <= days <= high for days in left)


def test_bounces_are_part_of_the_method(plan: PilotPlan) -> None:
    several = [case for case in plan.cases if len(case.employments) > 1]
    assert any(len(case.employments) == 3 for case in several)
    back = [c for c in plan.cases if "FOLLOW_UP,PRE_HIRE" in ",".join(s.phase for s in c.spells)]
    assert len(back) >= 30
    assert 1.3 <= FIGURES.contracts_signed / sum(bool(case.employments) for case in plan.cases) <= 1.6


def test_there_are_rows_enough_to_be_lifelike_and_few_enough_to_load(plan: PilotPlan) -> None:
    assert 8_000 <= sum(len(case.contacts) for case in plan.cases) <= 15_000


# --- the same every time
# ------------------------------------------------------------------------------------------------


def _digest(plan: PilotPlan) -> str:
    return hashlib.sha256(repr(plan).encode()).hexdigest()


def test_the_same_day_gives_the_same_plan(report: PilotPlan) -> None:
    assert _digest(build_pilot(REPORT_DAY)) == _digest(report)


def test_another_day_tells_the_same_story_at_the_same_distance(report: PilotPlan, plan: PilotPlan) -> None:
    def story(of: PilotPlan) -> list[tuple[object, ...]]:
        return [
            (
                case.key,
                case.coach,
                tuple(s.phase for s in case.spells),
                tuple((j.contract_type, j.company, j.job_title, j.followup_mode) for j in case.employments),
            )
            for case in of.cases
        ]

    assert story(plan) == story(report)
    shift = plan.as_of - report.as_of
    for mine, original in zip(plan.people, report.people, strict=True):
        assert (mine.first_name, mine.last_name, mine.phone) == (
            original.first_name,
            original.last_name,
            original.phone,
        )
        assert abs(mine.birth_date - original.birth_date - shift) <= timedelta(days=16)
    for case, before in zip(plan.cases, report.cases, strict=True):
        assert abs(case.opened_on - before.opened_on - shift) <= timedelta(days=10), case.key
