"""What is said of a person and a job before they meet: questions, never an exclusion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.fit import Asked, Job, Line, Person, Topic, Verdict, fit_lines, weight

WORK = frozenset({"CDI", "CDD", "INTERIM"})


def lines(person=None, **job):
    return fit_lines(person or Person(), Job(**({"contract_type": "CDD"} | job)), WORK)


@pytest.mark.parametrize(("kind", "verdict"), [("CDI", Verdict.FITS), ("CDD", Verdict.FITS), ("PFI", Verdict.CHECK)])
def test_training_is_told_apart_from_work(kind, verdict):
    assert lines(contract_type=kind) == (Line(verdict, Topic.CONTRACT, kind),)


@pytest.mark.parametrize(
    ("town", "place", "mobility", "expected"),
    [
        ("Liège", "Rue du Pont, LIEGE", False, Verdict.FITS),
        ("Liège", "Rue du Pont, LIEGE", True, Verdict.FITS),
        ("Liège", "Verviers", False, None),
        ("Liège", "Verviers", True, Verdict.CHECK),
        ("", "Verviers", True, Verdict.CHECK),
        ("Liège", "", True, Verdict.CHECK),
        ("Liège", "", False, None),
    ],
)
def test_another_town_is_a_question_only_when_mobility_is_an_obstacle(town, place, mobility, expected):
    person = Person(town=town, obstacles=frozenset({"MOBILITY"}) if mobility else frozenset())

    found = [line.verdict for line in lines(person, place=place) if line.topic is Topic.PLACE]

    assert found == ([expected] if expected else [])


@pytest.mark.parametrize("schedule", ["6 h à 14 h", ""])
def test_the_schedule_is_asked_about_when_childcare_is_an_obstacle(schedule):
    person = Person(obstacles=frozenset({"CHILDCARE"}))

    assert Line(Verdict.CHECK, Topic.SCHEDULE, schedule, "CHILDCARE") in lines(person, schedule=schedule)
    assert not [line for line in lines(schedule=schedule) if line.topic is Topic.SCHEDULE]


def test_a_requirement_counts_as_objectivated_and_as_negotiable():
    asked = [Asked(stated="Allemand parlé", needed="Lit des étiquettes"), Asked(stated="Permis B", negotiable=False)]

    assert lines(requirements=asked)[1:] == (
        Line(Verdict.NEGOTIABLE, Topic.REQUIREMENT, "Lit des étiquettes"),
        Line(Verdict.CHECK, Topic.REQUIREMENT, "Permis B"),
    )


@pytest.mark.parametrize(
    ("obstacle", "words"),
    [
        ("LANGUAGE", "Lit des étiquettes"),
        ("MOBILITY", "Permis B"),
        ("SKILLS", "Deux ans d’expérience"),
        ("HEALTH", "Porter des charges"),
    ],
)
def test_a_requirement_or_a_task_that_touches_an_obstacle_says_so(obstacle, words):
    person = Person(obstacles=frozenset({obstacle}))

    asked = [line for line in lines(person, requirements=[Asked(stated=words)]) if line.topic is Topic.REQUIREMENT]
    tasks = [line for line in lines(person, tasks=f"Ranger\n{words}") if line.topic is Topic.OBSTACLE]

    assert [line.obstacle for line in asked] == [line.obstacle for line in tasks] == [obstacle]
    assert not [line for line in lines(tasks=words) if line.topic is Topic.OBSTACLE]


def test_what_fits_comes_first_what_is_to_be_checked_last():
    person = Person(town="Spa", obstacles=frozenset({"CHILDCARE"}))
    found = lines(person, place="Spa", requirements=[Asked(stated="Permis", negotiable=False), Asked(stated="CAP")])

    assert [line.verdict for line in found] == sorted([line.verdict for line in found], key=list(Verdict).index)
    assert weight(found) == (2, 1)


@given(
    town=st.text(max_size=12),
    obstacles=st.frozensets(st.sampled_from(["MOBILITY", "CHILDCARE", "LANGUAGE", "HEALTH", "SKILLS", "DEBT"])),
    place=st.text(max_size=12),
    stated=st.lists(st.text(min_size=1, max_size=20), max_size=4),
    tasks=st.text(max_size=40),
)
def test_every_requirement_is_told_once_and_nothing_is_said_of_obstacles_that_are_not_there(
    town, obstacles, place, stated, tasks
):
    found = fit_lines(
        Person(town=town, obstacles=obstacles),
        Job(contract_type="CDD", place=place, tasks=tasks, requirements=[Asked(stated=words) for words in stated]),
        WORK,
    )

    assert sorted(line.words for line in found if line.topic is Topic.REQUIREMENT) == sorted(stated)
    assert {line.obstacle for line in found} <= obstacles | {""}
    assert len(lines()) == 1
