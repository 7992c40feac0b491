"""Correcting phases, contracts and contacts, and undoing an exit: what moves along, what is refused, what is kept."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.enums import Role
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.coherence import Incoherent
from beneficiaries.services.corrections import CorrectionRefused, correct_phase_start, undo_exit
from followup.services.consistency import differences
from followup.services.contacts import ContactRefused, ContactStatement
from followup.services.corrections import correct_contact
from foundation.errors import DomainError
from placements.services.corrections import CorrectedTerms, correct_employment
from placements.services.hiring import end_employment
from privacy.history import history_of
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(frozen) -> CoachingCase:
    """Opened on 2 December 2024, in pre-hire since 8 January 2025; today is 3 March 2025."""
    coach = stories.a_coach()
    case = stories.made_ready(stories.a_case(coach, opened_on=date(2024, 12, 2)), date(2024, 12, 16))
    from beneficiaries.services.phases import start_prehire

    start_prehire(case=case, on=date(2025, 1, 8), actor=coach)
    return CoachingCase.objects.get(pk=case.pk)


@pytest.fixture
def coordinator(case):
    return user_with(Role.COORDINATOR, case.organisation)


def spells(case) -> list[tuple[str, date, date | None]]:
    return list(case.spells.order_by("sequence").values_list("phase", "starts_on", "ends_on"))


def prehire(case):
    return case.spells.get(phase="PRE_HIRE", sequence=2)


def correct(case, starts_on, actor, reason="Erreur de frappe"):
    return correct_phase_start(spell=prehire(case), starts_on=starts_on, reason=reason, actor=actor)


@pytest.mark.parametrize("day", [date(2024, 12, 16), date(2025, 1, 20), date(2025, 3, 3)])
def test_the_phase_before_ends_where_the_corrected_one_begins(case, coordinator, day) -> None:
    correct(case, day, coordinator)
    assert spells(case) == [("PREPARATORY", date(2024, 12, 2), day), ("PRE_HIRE", day, None)]
    assert CoachingCase.objects.get(pk=case.pk).status.prehire_started_on == day
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2024, 12, 1), "before_previous"),
        (date(2024, 12, 15), "incoherent"),  # eligibility was checked the day after
        (date(2025, 3, 4), "future"),
    ],
)
def test_a_date_that_contradicts_the_rest_is_refused_and_changes_nothing(case, coordinator, day, code) -> None:
    before = spells(case)
    with pytest.raises(DomainError) as refusal:
        correct(case, day, coordinator)
    assert refusal.value.code == code
    assert spells(case) == before


def test_the_old_date_the_new_one_and_the_reason_are_kept(case, coordinator) -> None:
    correct(case, date(2025, 1, 20), coordinator, reason="Confusion de deux rendez-vous")
    line = history_of([prehire(case)])[0]
    assert line.reason == "Confusion de deux rendez-vous"
    change = next(change for change in line.changes if change.field == "starts_on")
    assert ("08/01/2025" in change.before, "20/01/2025" in change.after) == (True, True)


def test_a_correction_needs_a_reason_and_a_coordinator(case, coordinator) -> None:
    with pytest.raises(CorrectionRefused) as refusal:
        correct(case, date(2025, 1, 20), coordinator, reason=" ")
    assert refusal.value.field == "reason"
    with pytest.raises(NotAllowed):
        correct(case, date(2025, 1, 20), case.coach)
    with pytest.raises(NotAllowed):
        correct(case, date(2025, 1, 20), user_with(Role.COORDINATOR))


def test_the_first_phase_moves_the_opening_of_the_case(case, coordinator) -> None:
    first = case.spells.get(sequence=1)
    correct_phase_start(spell=first, starts_on=date(2024, 11, 25), reason="Date du premier accueil", actor=coordinator)
    case = CoachingCase.objects.get(pk=case.pk)
    assert (case.opened_on, case.assignments.get().starts_on) == (date(2024, 11, 25), date(2024, 11, 25))
    assert list(differences()) == []


def test_a_case_does_not_open_after_its_first_contact(case, coordinator) -> None:
    stories.a_contact(case, on=date(2024, 12, 5))
    first = case.spells.get(sequence=1)
    with pytest.raises(Incoherent, match="05/12/2024"):
        correct_phase_start(spell=first, starts_on=date(2024, 12, 6), reason="x", actor=coordinator)


@pytest.fixture
def job(case):
    return stories.hired(case, starts_on=date(2025, 1, 20), ends_on=date(2025, 2, 14), contract_type="CDD")


def terms(job, **changes) -> CorrectedTerms:
    same = {
        name: getattr(job, name)
        for name in ("contract_type", "job_title", "starts_on", "ends_on", "weekly_hours", "ended_on", "end_reason")
    }
    return CorrectedTerms(**(same | changes))


def fix(job, actor, **changes):
    return correct_employment(employment=job, terms=terms(job, **changes), reason="Contrat relu", actor=actor)


@pytest.mark.parametrize("first_day", [date(2025, 1, 13), date(2025, 1, 27)])
def test_the_phases_follow_the_first_day_of_the_contract(case, coordinator, job, first_day) -> None:
    fix(job, coordinator, starts_on=first_day)
    assert spells(case)[1:] == [
        ("PRE_HIRE", date(2025, 1, 8), first_day),
        ("HIRE", first_day, first_day),
        ("FOLLOW_UP", first_day, None),
    ]
    assert CoachingCase.objects.get(pk=case.pk).status.followup_starts_on == first_day
    assert list(differences()) == []


@pytest.mark.parametrize("last_day", [date(2025, 2, 7), date(2025, 2, 13)])
def test_the_return_to_prehire_follows_the_last_day(case, coordinator, job, last_day) -> None:
    end_employment(employment=job, ended_on=date(2025, 2, 10), reason="DISMISSAL", actor=case.coach)
    job.refresh_from_db()
    fix(job, coordinator, ended_on=last_day)
    assert spells(case)[-1][:2] == ("PRE_HIRE", date.fromordinal(last_day.toordinal() + 1))
    assert list(differences()) == []


def test_a_contract_does_not_come_before_prehire_nor_end_before_it_starts(case, coordinator, job) -> None:
    before = spells(case)
    for changes in ({"starts_on": date(2025, 1, 7)}, {"ends_on": date(2025, 1, 19)}):
        with pytest.raises(DomainError):
            fix(job, coordinator, **changes)
    assert spells(case) == before


def test_hours_and_title_change_without_moving_anything(case, coordinator, job) -> None:
    before = spells(case)
    fix(job, coordinator, weekly_hours=Decimal("19"), job_title="Cariste")
    assert spells(case) == before
    assert history_of([job])[0].reason == "Contrat relu"


def test_a_cdd_that_was_a_cdi_changes_both_clocks(case, coordinator, job) -> None:
    fix(job, coordinator, contract_type="CDI", ends_on=None)
    status = CoachingCase.objects.get(pk=case.pk).status
    assert (status.prehire_deadline, status.followup_deadline) == (None, date(2025, 7, 20))


def exited(case) -> CoachingCase:
    from beneficiaries.services.phases import exit_case

    exit_case(case=case, on=date(2025, 2, 3), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=case.coach)
    return CoachingCase.objects.get(pk=case.pk)


def test_an_undone_exit_leaves_the_case_as_it_was_and_both_in_the_trail(case, coordinator) -> None:
    before = spells(case)
    case = exited(case)
    undo_exit(case=case, reason="Mauvais dossier", actor=coordinator)
    case = CoachingCase.objects.get(pk=case.pk)
    assert (spells(case), case.is_open) == (before, True)
    reasons = [line.reason for line in history_of([case])]
    assert any("Mauvais dossier" in reason and "03/02/2025" in reason for reason in reasons)
    assert list(differences()) == []


def test_an_exit_is_not_undone_twice_nor_by_a_coach_nor_once_the_person_came_back(case, coordinator) -> None:
    case = exited(case)
    with pytest.raises(NotAllowed):
        undo_exit(case=case, reason="x", actor=case.coach)
    with pytest.raises(CorrectionRefused):
        undo_exit(case=case, reason="", actor=coordinator)
    open_case(
        beneficiary=case.beneficiary,
        opening=CaseOpening(coach=case.coach, opened_on=date(2025, 2, 10)),
        actor=case.coach,
    )
    with pytest.raises(CorrectionRefused) as refusal:
        undo_exit(case=case, reason="x", actor=coordinator)
    assert refusal.value.code == "came_back"


def test_an_open_case_has_no_exit_to_undo(case, coordinator) -> None:
    with pytest.raises(CorrectionRefused) as refusal:
        undo_exit(case=case, reason="x", actor=coordinator)
    assert refusal.value.code == "open"


def statement(**changes) -> ContactStatement:
    same = {"on": date(2025, 2, 3), "channel": "PHONE", "party": "BENEFICIARY", "minutes": 20, "summary": "Point CV."}
    return ContactStatement(**(same | changes))


def test_a_contact_is_corrected_by_its_author_or_a_coordinator(case, coordinator) -> None:
    contact = stories.a_contact(case, on=date(2025, 3, 3))
    colleague = user_with(Role.JOBCOACH, case.organisation)
    stories.in_prehire(colleague)
    with pytest.raises(NotAllowed):
        correct_contact(contact=contact, statement=statement(), reason="x", actor=colleague)
    correct_contact(contact=contact, statement=statement(), reason="Mauvais jour", actor=case.coach)
    assert CoachingCase.objects.get(pk=case.pk).status.last_contact_on == date(2025, 2, 3)
    assert history_of([contact])[0].reason == "Mauvais jour"
    correct_contact(contact=contact, statement=statement(minutes=30), reason="Durée", actor=coordinator)
    contact.refresh_from_db()
    assert (contact.minutes, contact.coach) == (30, case.coach)


@pytest.mark.parametrize(
    "changes", [{"on": date(2025, 3, 4)}, {"on": date(2024, 12, 1)}, {"summary": ""}, {"minutes": 0}]
)
def test_a_corrected_contact_obeys_the_rules_of_a_new_one(case, changes) -> None:
    contact = stories.a_contact(case, on=date(2025, 3, 3))
    with pytest.raises(ContactRefused):
        correct_contact(contact=contact, statement=statement(**changes), reason="x", actor=case.coach)
    contact.refresh_from_db()
    assert contact.on == date(2025, 3, 3)
