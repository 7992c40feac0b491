"""Recording people and partners: every refusal with its field, what is normalised, what is kept."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from accounts.enums import Role
from beneficiaries.models import Beneficiary, CoachingCase, Partner
from beneficiaries.services.cases import CaseOpening, CaseRefused
from beneficiaries.services.opening import LooksKnown, open_first_case, people_alike
from beneficiaries.services.people import (
    ChangedMeanwhile,
    NationalNumberTaken,
    create_beneficiary,
    save_partner,
    update_beneficiary,
)
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import InvalidFact
from privacy.history import history_of
from tests.factories.accounts import user_with
from tests.factories.asking import EVERYTHING
from tests.factories.stories import a_case, a_coach, a_person, closed
from tests.properties.ledger import ledger

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
#: check digits right, for a birth before 2000 (obviously invented: nobody is born on 0 January)
NISS = "85000012313"


def nothing_written(act) -> DomainError:
    before = ledger()
    with pytest.raises(DomainError) as refusal:
        act()
    assert ledger() == before
    return refusal.value


# --- the person -------------------------------------------------------------------------------------------------------


def test_a_person_belongs_to_the_house_of_who_records_them(frozen):
    coach = a_coach()
    person = create_beneficiary(actor=coach, first_name="  Zoé ", last_name="D’Exemple ")
    assert (person.organisation, person.first_name, person.last_name) == (
        coach.current_organisation,
        "Zoé",
        "D’Exemple",
    )
    assert person.search_key == "d exemple zoe"
    assert (person.birth_date, person.gender, person.niss, person.niss_index) == (None, "", "", "")
    assert [line.actor for line in history_of([person])] == [coach.get_full_name()]


def test_the_key_asked_for_is_the_row_s(frozen):
    key = uuid4()
    assert create_beneficiary(actor=a_coach(), key=key, first_name="A", last_name="B").pk == key


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("last_name", "   ", "blank"),
        ("first_name", "x" * 81, "max_length"),
        ("gender", "femme", "invalid_choice"),
        ("origin", "MARS", "invalid_choice"),
        ("education", "PHD", "invalid_choice"),
        ("email", "pas une adresse", "invalid"),
        ("niss", "85000012314", "niss_invalid"),
        ("niss", "123", "niss_invalid"),
        ("niss", "abcdefghijk", "niss_invalid"),
    ],
)
def test_a_wrong_field_is_refused_beside_it(frozen, field, value, code):
    coach = a_coach()
    refusal = nothing_written(
        lambda: create_beneficiary(actor=coach, **{"first_name": "A", "last_name": "B"} | {field: value})
    )
    assert isinstance(refusal, InvalidFact)
    assert (refusal.code, refusal.field) == (code, field)
    assert refusal.message


@pytest.mark.parametrize("field", ["birth_date", "jobseeker_since"])
def test_a_day_that_has_not_come_is_refused(frozen, field):
    coach = a_coach()
    refusal = nothing_written(
        lambda: create_beneficiary(actor=coach, first_name="A", last_name="B", **{field: today() + DAY})
    )
    assert (refusal.code, refusal.field) == ("future", field)
    for number, day in enumerate((today(), today() - DAY)):
        person = create_beneficiary(
            actor=coach, first_name=f"A{number}", last_name="B", confirmed=EVERYTHING, **{field: day}
        )
        assert getattr(person, field) == day


@pytest.mark.parametrize("field", ["organisation", "search_key", "niss_index", "id", "shoe_size"])
def test_a_form_states_the_fields_of_a_person_and_nothing_else(frozen, field):
    with pytest.raises(TypeError, match=field):
        create_beneficiary(actor=a_coach(), first_name="A", last_name="B", **{field: "x"})


# --- the national number ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["85.00.00-123.13", "85 00 00 123 13", NISS])
def test_a_national_number_is_kept_as_eleven_digits(frozen, typed):
    person = create_beneficiary(actor=a_coach(), first_name="A", last_name="B", niss=typed)
    person.refresh_from_db()
    assert person.niss == NISS
    assert person.niss_index
    assert NISS not in person.niss_index


def test_a_national_number_is_one_person_s(frozen):
    coach = a_coach()
    known = a_person(coach, niss=NISS)
    refusal = nothing_written(
        lambda: create_beneficiary(actor=coach, first_name="A", last_name="B", niss="85 00 00 123 13")
    )
    assert isinstance(refusal, NationalNumberTaken)
    assert (refusal.code, refusal.field, refusal.person) == ("niss_taken", "niss", known)
    assert known.full_name in refusal.message


def test_the_same_number_in_another_house_says_nothing(frozen):
    a_person(a_coach(), niss=NISS)
    assert a_person(a_coach(), niss=NISS).niss == NISS


def test_a_number_can_be_removed_and_given_to_who_carries_it(frozen):
    coach = a_coach()
    case, other = a_case(coach, niss=NISS), a_case(coach)
    update_beneficiary(case=case, actor=coach, niss="")
    update_beneficiary(case=other, actor=coach, niss=NISS)
    case.beneficiary.refresh_from_db()
    assert (case.beneficiary.niss, case.beneficiary.niss_index) == ("", "")
    # Written again unchanged, it is nobody else's.
    update_beneficiary(case=other, actor=coach, niss=NISS)


# --- correcting -------------------------------------------------------------------------------------------------------


def test_a_correction_keeps_what_was_there_in_the_trail(frozen):
    case = a_case(a_coach())
    update_beneficiary(case=case, actor=case.coach, town="Verviers")
    update_beneficiary(case=case, actor=case.coach, town="Dison")
    last = history_of([case.beneficiary])[0]
    assert [(change.field, change.before, change.after) for change in last.changes] == [("town", "Verviers", "Dison")]


def test_somebody_else_s_change_is_not_overwritten_unseen(frozen):
    case = a_case(a_coach())
    seen = Beneficiary.objects.get(pk=case.beneficiary_id).updated_at
    frozen("2025-03-04")
    colleague = user_with(Role.COORDINATOR, case.organisation)
    update_beneficiary(case=case, actor=colleague, version=seen, town="Verviers")
    refusal = nothing_written(lambda: update_beneficiary(case=case, actor=case.coach, version=seen, town="Dison"))
    assert isinstance(refusal, ChangedMeanwhile)
    assert refusal.code == "changed_meanwhile"
    assert colleague.get_full_name() in refusal.message
    assert "04/03/2025" in refusal.message
    assert refusal.hint
    now = Beneficiary.objects.get(pk=case.beneficiary_id).updated_at
    assert update_beneficiary(case=case, actor=case.coach, version=now, town="Dison").town == "Dison"
    # Without a version the last word wins.
    assert update_beneficiary(case=case, actor=colleague, town="Spa").town == "Spa"


def test_the_person_of_a_closed_case_can_still_be_corrected(frozen):
    case = closed(a_coach())
    assert update_beneficiary(case=case, actor=case.coach, town="Spa").town == "Spa"


@pytest.mark.parametrize(("days", "refused"), [(-1, False), (0, True), (1, True)])
def test_nobody_was_born_after_their_case_was_opened(frozen, days, refused):
    case = a_case(a_coach())
    born = case.opened_on + days * DAY
    if refused:
        refusal = nothing_written(lambda: update_beneficiary(case=case, actor=case.coach, birth_date=born))
        assert (refusal.code, refusal.field) == ("before_birth", "birth_date")
    else:
        changed = update_beneficiary(case=case, actor=case.coach, birth_date=born, confirmed=EVERYTHING)
        assert changed.birth_date == born


# --- coming for the first time ----------------------------------------------------------------------------------------


def first_case(coach, submission_id=None, other_than=(), opened_on=None, **person):
    return open_first_case(
        person={"first_name": "Prénom", "last_name": "Exemple"} | person,
        opening=CaseOpening(coach=coach, opened_on=opened_on or today()),
        actor=coach,
        submission_id=submission_id or uuid4(),
        other_than=other_than,
    )


def test_a_person_and_their_case_in_one_act(frozen):
    coach, key = a_coach(), uuid4()
    case = first_case(coach, key)
    assert (case.beneficiary_id, case.coach, case.opened_on) == (key, coach, today())
    assert first_case(coach, key) == case, "two clicks are one case"
    assert (Beneficiary.objects.count(), CoachingCase.objects.count()) == (1, 1)


def test_when_the_case_is_refused_the_person_is_not_kept(frozen):
    coach = a_coach()
    refusal = nothing_written(lambda: first_case(coach, opened_on=today() + DAY))
    assert isinstance(refusal, CaseRefused)
    assert (refusal.code, refusal.field) == ("future", "opened_on")


@pytest.mark.parametrize(
    ("person", "alike"),
    [
        ({}, True),
        ({"first_name": "PRENOM", "last_name": "exemple"}, True),
        ({"first_name": "Exemple", "last_name": "Prénom"}, True),
        ({"birth_date": date(1985, 3, 4)}, True),
        ({"birth_date": date(1985, 3, 5)}, False),
        ({"first_name": "Prénomme"}, False),
    ],
)
def test_who_looks_known_is_told_before_a_second_person_is_made(frozen, person, alike):
    coach = a_coach()
    known = first_case(coach, birth_date=date(1985, 3, 4)).beneficiary
    if not alike:
        assert first_case(coach, **person).beneficiary != known
        return
    refusal = nothing_written(lambda: first_case(coach, **person))
    assert isinstance(refusal, LooksKnown)
    assert (refusal.code, refusal.people) == ("looks_known", [known])
    assert first_case(coach, other_than=[known.pk], **person).beneficiary != known


def test_a_known_person_without_birth_date_looks_like_any_namesake(frozen):
    coach = a_coach()
    known = first_case(coach).beneficiary
    found = people_alike(actor=coach, first_name="Prénom", last_name="Exemple", birth_date=date(1985, 3, 4))
    assert found == [known]


def test_namesakes_of_another_house_are_nobody_s_business(frozen):
    first_case(a_coach())
    assert first_case(a_coach())


def test_a_number_that_is_taken_is_told_when_a_first_case_is_opened(frozen):
    coach = a_coach()
    known = first_case(coach, niss=NISS).beneficiary
    refusal = nothing_written(lambda: first_case(coach, first_name="Autre", niss=NISS))
    assert isinstance(refusal, NationalNumberTaken)
    assert refusal.person == known


def test_a_key_of_another_house_s_person_is_not_theirs_to_reach(frozen):
    theirs = first_case(a_coach())
    ours = first_case(a_coach(), theirs.beneficiary_id)
    assert ours.beneficiary_id != theirs.beneficiary_id
    assert ours.organisation != theirs.organisation


# --- partners ---------------------------------------------------------------------------------------------------------


def test_a_partner_has_one_name_in_a_house(frozen):
    coach = a_coach()
    here = coach.current_organisation
    partner = save_partner(partner=Partner(organisation=here, name="CPAS", kind="CPAS"), actor=coach)
    refusal = nothing_written(
        lambda: save_partner(partner=Partner(organisation=here, name="CPAS", kind="OTHER"), actor=coach)
    )
    assert isinstance(refusal, InvalidFact)
    assert refusal.message == "Ce partenaire existe déjà."
    elsewhere = a_coach()
    save_partner(
        partner=Partner(organisation=elsewhere.current_organisation, name="CPAS", kind="CPAS"), actor=elsewhere
    )
    partner.refers = True
    assert save_partner(partner=partner, actor=coach).refers
    assert history_of([partner])[0].actor == coach.get_full_name()


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("kind", "CLUB"), ("email", "x")])
def test_an_impossible_partner_is_refused_beside_the_field(frozen, field, value):
    coach = a_coach()
    fields = {"name": "CPAS", "kind": "CPAS"} | {field: value}
    refusal = nothing_written(
        lambda: save_partner(partner=Partner(organisation=coach.current_organisation, **fields), actor=coach)
    )
    assert refusal.field == field
