"""What each change of phase needs, when it may take effect, and what makes spells a path."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.rules.phases import (
    TRANSITIONS,
    ImpossibleTransition,
    Requirement,
    Spell,
    TransitionFacts,
    allowed_targets,
    check_effective_date,
    missing_requirements,
    spells_problem,
)
from method.rules.phases import Phase

D = date.fromisoformat
P = Phase
EVERYTHING = TransitionFacts(**{f.name: True for f in fields(TransitionFacts)})


@pytest.mark.parametrize(
    ("phase", "targets"),
    [
        (P.PREPARATORY, (P.PRE_HIRE, P.EXIT)),
        (P.PRE_HIRE, (P.HIRE, P.EXIT)),
        (P.HIRE, (P.PRE_HIRE, P.FOLLOW_UP, P.EXIT)),
        (P.FOLLOW_UP, (P.PRE_HIRE, P.EXIT)),
        (P.EXIT, ()),
    ],
)
def test_where_a_phase_leads(phase, targets):
    assert allowed_targets(phase) == targets


@pytest.mark.parametrize("source", list(Phase))
@pytest.mark.parametrize("target", list(Phase))
def test_a_change_outside_the_table_is_impossible_whatever_the_facts(source, target):
    if target in allowed_targets(source):
        assert missing_requirements(source, target, EVERYTHING) == ()
    else:
        with pytest.raises(ImpossibleTransition, match=f"{source} -> {target}"):
            missing_requirements(source, target, EVERYTHING)


@pytest.mark.parametrize(("source", "target"), list(TRANSITIONS), ids=lambda phase: phase.value)
def test_what_nobody_established_is_missing(source, target):
    assert missing_requirements(source, target, TransitionFacts()) == TRANSITIONS[source, target]


# For each requirement, the facts of which the loss makes it missing.
NEEDED = {
    Requirement.ELIGIBILITY: [("eligibility_checked", "derogation_granted")],
    Requirement.COACHABILITY: [("volunteer",), ("informed",), ("available",), ("ordinary_job_possible",)],
    Requirement.AGREEMENTS: [("agreements_signed",)],
    Requirement.ACCEPTED_MATCH_OR_OWN_JOB: [("match_accepted", "own_job_found")],
    Requirement.REASON: [("reason_given",)],
    Requirement.EMPLOYMENT_STARTED: [("employment_started",)],
    Requirement.FOLLOWUP_AGREED: [("followup_agreed", "followup_refused")],
    Requirement.EMPLOYMENT_ENDED: [("employment_ended",)],
    Requirement.OUTCOME: [("outcome_given",)],
    Requirement.CLOCK_NOT_EXPIRED: [("clock_not_expired",)],
}


@pytest.mark.parametrize("requirement", list(Requirement), ids=lambda r: r.value)
def test_each_requirement_rests_on_its_own_facts_alone(requirement):
    for lost in NEEDED[requirement]:
        facts = replace(EVERYTHING, **dict.fromkeys(lost, False))
        for (source, target), needs in TRANSITIONS.items():
            expected = (requirement,) if requirement in needs else ()
            assert missing_requirements(source, target, facts) == expected
        if len(lost) > 1:
            for one in lost:
                assert facts.meets(requirement) is False
                assert replace(EVERYTHING, **{one: False}).meets(requirement) is True


def test_every_way_back_to_work_with_the_person_needs_a_clock_that_runs():
    expired = replace(EVERYTHING, clock_not_expired=False)
    blocked = {pair for pair in TRANSITIONS if missing_requirements(*pair, expired)}
    assert blocked == {
        (P.PREPARATORY, P.PRE_HIRE),
        (P.PRE_HIRE, P.HIRE),
        (P.HIRE, P.PRE_HIRE),
        (P.FOLLOW_UP, P.PRE_HIRE),
    }


@pytest.mark.parametrize(
    ("on", "problem"),
    [
        ("2026-03-09", "before_previous"),
        ("2026-03-10", None),
        ("2026-03-11", None),
        ("2026-03-15", None),
        ("2026-03-16", "future"),
    ],
)
def test_a_change_takes_effect_between_the_previous_one_and_today(on, problem):
    assert check_effective_date(D(on), D("2026-03-15"), D("2026-03-10")) == problem


def test_the_first_phase_has_no_previous_one():
    assert check_effective_date(D("1999-01-01"), D("2026-03-15"), None) is None


@st.composite
def paths(draw):
    """A path walked at random through the table, with stays of zero to ninety days."""
    phase, start, spells = P.PREPARATORY, date(2024, 1, 8), []
    for _ in range(draw(st.integers(0, 8))):
        targets = allowed_targets(phase)
        if not targets:
            break
        end = start + timedelta(days=draw(st.integers(0, 90)))
        spells.append(Spell(phase, start, end))
        phase, start = draw(st.sampled_from(targets)), end
    return [*spells, Spell(phase, start)]


@given(paths())
def test_a_path_walked_through_the_table_is_coherent(spells):
    assert spells_problem(spells) is None


@given(paths().filter(lambda spells: len(spells) > 1), st.data())
def test_spells_that_do_not_meet_are_found(spells, data):
    index = data.draw(st.integers(0, len(spells) - 2))
    spell = spells[index]
    later = replace(spell, ends_on=spell.ends_on + timedelta(days=1))
    assert spells_problem([*spells[:index], later, *spells[index + 1 :]]) == "overlap"
    if spell.ends_on > spell.starts_on:
        earlier = replace(spell, ends_on=spell.ends_on - timedelta(days=1))
        assert spells_problem([*spells[:index], earlier, *spells[index + 1 :]]) == "gap"
    left_open = replace(spell, ends_on=None)
    assert spells_problem([*spells[:index], left_open, *spells[index + 1 :]]) == "open_before_last"


DAY = D("2026-01-05")


@pytest.mark.parametrize(
    ("spells", "problem"),
    [
        ([], "empty"),
        ([Spell(P.PRE_HIRE, DAY)], "wrong_first_phase"),
        ([Spell(P.PREPARATORY, DAY, DAY - timedelta(days=1)), Spell(P.PRE_HIRE, DAY)], "ends_before_start"),
        ([Spell(P.PREPARATORY, DAY, DAY)], "none_open"),
        ([Spell(P.PREPARATORY, DAY, DAY), Spell(P.FOLLOW_UP, DAY)], "forbidden_transition"),
        ([Spell(P.PREPARATORY, DAY, DAY), Spell(P.EXIT, DAY, DAY), Spell(P.PRE_HIRE, DAY)], "forbidden_transition"),
    ],
)
def test_each_incoherence_has_its_code(spells, problem):
    assert spells_problem(spells) == problem


def test_a_job_found_alone_passes_through_hire_the_same_day():
    spells = [
        Spell(P.PREPARATORY, DAY, DAY + timedelta(days=30)),
        Spell(P.PRE_HIRE, DAY + timedelta(days=30), DAY + timedelta(days=90)),
        Spell(P.HIRE, DAY + timedelta(days=90), DAY + timedelta(days=90)),
        Spell(P.FOLLOW_UP, DAY + timedelta(days=90)),
    ]
    assert spells_problem(spells) is None


def test_phases_read_from_rows_are_understood():
    assert spells_problem([Spell("PREPARATORY", DAY, DAY), Spell("PRE_HIRE", DAY)]) is None
    assert missing_requirements("HIRE", "PRE_HIRE", EVERYTHING) == ()


def test_a_fact_that_nobody_established_is_missing():
    assert {getattr(TransitionFacts(), fact.name) for fact in fields(TransitionFacts)} == {False}
