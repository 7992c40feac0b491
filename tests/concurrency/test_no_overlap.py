"""Spans of days that may not overlap: the model says so on every database, PostgreSQL whoever writes."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Model

from beneficiaries.models import CaseAssignment, CoachingCase, PhaseSpell
from foundation.constraints import NoOverlap
from foundation.persistence import InvalidFact, save_checked
from placements.models import ClockSuspension
from tests.factories.stories import a_case, a_coach, closed, in_prehire

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MONDAY = date(2025, 3, 3)
#: before every row that the stories write
SPAN = (date(2024, 6, 10), date(2024, 6, 20))


@pytest.fixture
def case(frozen):
    return in_prehire(a_coach())


def spell(case: CoachingCase, starts_on: date, ends_on: date | None) -> PhaseSpell:
    sequence = 100 + case.spells.count()
    return PhaseSpell(
        case=case, sequence=sequence, phase="HIRE", starts_on=starts_on, ends_on=ends_on, actor=case.coach
    )


def assignment(case: CoachingCase, starts_on: date, ends_on: date | None) -> CaseAssignment:
    return CaseAssignment(case=case, coach=case.coach, starts_on=starts_on, ends_on=ends_on, actor=case.coach)


def another_case(case: CoachingCase, starts_on: date, ends_on: date | None) -> CoachingCase:
    return CoachingCase(
        organisation=case.organisation,
        beneficiary=case.beneficiary,
        coach=case.coach,
        opened_on=starts_on,
        closed_on=ends_on,
    )


def suspension(case: CoachingCase, starts_on: date, ends_on: date | None, state: str = "REQUESTED") -> ClockSuspension:
    signed = {} if state == "REQUESTED" else {"decided_by": case.coach, "decided_on": MONDAY}
    return ClockSuspension(
        case=case,
        reason="ILLNESS",
        starts_on=starts_on,
        ends_on=ends_on,
        evidence="Certificat",
        requested_by=case.coach,
        state=state,
        **signed,
    )


def insert(row: Model) -> None:
    """Write a row as a script would: without the model's checks."""
    type(row)._base_manager.bulk_create([row])


def refused_by_the_database(row: Model) -> bool:
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError:
        return True
    return False


def refused_by_the_model(row: Model) -> bool:
    try:
        row.full_clean()
    except ValidationError:
        return True
    return False


HALF_OPEN = [
    ("the same days", 0, 10, True),
    ("inside", 3, 5, True),
    ("around", -5, 15, True),
    ("the last day", 9, 12, True),
    ("from the end on", 10, 12, False),
    ("until the start", -3, 0, False),
    ("until the first day", -3, 1, True),
    ("no day, inside", 4, 4, False),
    ("no day, at the start", 0, 0, False),
    ("no day, at the end", 10, 10, False),
]
INCLUSIVE = [
    ("the same days", 0, 10, True),
    ("one day inside", 3, 3, True),
    ("around", -5, 15, True),
    ("the last day", 10, 12, True),
    ("the day after the last", 11, 12, False),
    ("until the first day", -3, 0, True),
    ("until the eve", -3, -1, False),
]


@pytest.mark.parametrize("make", [spell, assignment, another_case])
@pytest.mark.parametrize(("_what", "first", "end", "refused"), HALF_OPEN, ids=[line[0] for line in HALF_OPEN])
def test_half_open_spans_share_no_day(case, make, _what, first, end, refused):
    insert(make(case, *SPAN))
    row = make(case, SPAN[0] + first * DAY, SPAN[0] + end * DAY)
    assert refused_by_the_model(row) is refused
    if connection.vendor == "postgresql":
        assert refused_by_the_database(row) is refused


@pytest.mark.parametrize(("_what", "first", "last", "refused"), INCLUSIVE, ids=[line[0] for line in INCLUSIVE])
@pytest.mark.parametrize("state", ["REQUESTED", "APPROVED"])
def test_suspensions_share_no_day(case, state, _what, first, last, refused):
    insert(suspension(case, *SPAN, state=state))
    row = suspension(case, SPAN[0] + first * DAY, SPAN[0] + last * DAY)
    assert refused_by_the_model(row) is refused
    if connection.vendor == "postgresql":
        assert refused_by_the_database(row) is refused


@pytest.mark.parametrize("state", ["REFUSED", "CANCELLED"])
def test_a_suspension_without_course_stands_in_nobody_s_way(case, state):
    insert(suspension(case, *SPAN, state=state))
    assert not refused_by_the_model(suspension(case, *SPAN))
    assert not refused_by_the_database(suspension(case, *SPAN))
    # and the other way round: one more that has no course
    assert not refused_by_the_model(suspension(case, *SPAN, state=state))
    assert not refused_by_the_database(suspension(case, *SPAN, state=state))


def test_a_suspension_until_further_notice_covers_all_that_follows(case):
    insert(suspension(case, SPAN[0], None))
    later = suspension(case, SPAN[0] + 4000 * DAY, SPAN[0] + 4001 * DAY)
    before = suspension(case, SPAN[0] - 2 * DAY, SPAN[0] - DAY)
    assert refused_by_the_model(later)
    assert not refused_by_the_model(before)
    if connection.vendor == "postgresql":
        assert refused_by_the_database(later)
    assert not refused_by_the_database(before)


def test_an_open_span_covers_all_that_follows(case):
    current = case.open_spell()
    later = spell(case, current.starts_on + 4000 * DAY, current.starts_on + 4001 * DAY)
    assert refused_by_the_model(later)
    if connection.vendor == "postgresql":
        assert refused_by_the_database(later)


def test_an_existing_row_cannot_grow_over_its_neighbour(case):
    first = spell(case, SPAN[0], SPAN[0] + 5 * DAY)
    insert(first)
    insert(spell(case, SPAN[0] + 5 * DAY, SPAN[1]))
    first.ends_on = SPAN[0] + 6 * DAY
    assert refused_by_the_model(first)
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError), transaction.atomic():
            PhaseSpell.objects.filter(pk=first.pk).update(ends_on=F("ends_on") + DAY)


def test_rows_of_another_case_stand_in_nobody_s_way(case):
    other = a_case(case.coach)
    insert(spell(case, *SPAN))
    insert(suspension(case, *SPAN))
    assert not refused_by_the_database(spell(other, *SPAN))
    assert not refused_by_the_database(suspension(other, *SPAN))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (spell, "Le dossier est déjà dans une autre phase à ces dates."),
        (assignment, "Une autre personne suit déjà ce dossier à ces dates."),
        (another_case, "Cette personne a déjà un dossier à ces dates."),
        (suspension, "Une autre suspension couvre déjà une partie de ces jours."),
    ],
)
def test_a_row_that_another_one_forbids_is_refused_in_a_sentence(case, monkeypatch, make, sentence):
    insert(make(case, *SPAN))
    with pytest.raises(InvalidFact) as refusal:
        save_checked(make(case, SPAN[0] + DAY, SPAN[1] + DAY))
    assert refusal.value.message == sentence
    if connection.vendor == "postgresql":
        # A race: the model saw nothing, the database did.
        monkeypatch.setattr(NoOverlap, "validate", lambda *args, **kwargs: None)
        with pytest.raises(InvalidFact) as refusal:
            save_checked(make(case, SPAN[0] + DAY, SPAN[1] + DAY))
        assert (refusal.value.code, refusal.value.message) == ("conflict", sentence)


def test_two_paths_of_one_person_follow_one_another(frozen):
    former = closed(a_coach())
    row = another_case(former, former.opened_on - DAY, former.closed_on - DAY)
    assert refused_by_the_model(row)
    assert not refused_by_the_model(another_case(former, former.closed_on, None))


def test_a_field_already_found_wrong_is_not_judged_twice(case):
    row = spell(case, SPAN[0], None)
    row.starts_on = "hier"
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert "starts_on" in refusal.value.error_dict


@pytest.mark.parametrize("model", [CoachingCase, PhaseSpell, CaseAssignment, ClockSuspension])
def test_a_migration_reads_the_constraint_back_as_it_is_declared(model):
    declared = next(c for c in model._meta.constraints if isinstance(c, NoOverlap))
    path, _args, kwargs = declared.deconstruct()
    assert path == "foundation.constraints.NoOverlap"
    assert set(kwargs) <= {"name", "scope", "start", "end", "inclusive", "condition", "violation_error_message"}
    assert declared.clone() == declared
