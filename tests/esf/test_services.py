"""The ESF+ record of a participant: what may be written, by whom, and what it settles."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.db import connection

from accounts.enums import Funder, Role
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.corrections import undo_exit
from beneficiaries.services.phases import exit_case
from esf.enums import Moment, Question, ResultSource
from esf.models import EsfParticipation, EsfRefusal, EsfResult
from esf.models.participants import LETTERS, UNANSWERED
from esf.rules.indicators import Answer
from esf.selectors.participants import participant_file
from esf.services.participants import EsfRefused, record_entry
from followup.models import Deadline
from followup.services.consistency import differences
from foundation.clock import today
from tests.factories.accounts import ProjectFactory, user_with
from tests.factories.esf import EVERY_NO, a_participant, a_result, an_entry, an_esf_project, entered, left
from tests.factories.stories import a_case, a_coach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
D = date.fromisoformat


@pytest.fixture
def coach():
    return a_coach()


def refusal(act, /, *args, **kwargs) -> EsfRefused:
    with pytest.raises(EsfRefused) as caught:
        act(*args, **kwargs)
    return caught.value


def came_back(case: CoachingCase, project=None) -> CoachingCase:
    """The person's next case, in the same project unless another is given."""
    opening = CaseOpening(coach=case.coach, opened_on=today(), project=project or case.project)
    return open_case(beneficiary=case.beneficiary, opening=opening, actor=case.coach)


def test_the_entry_is_kept_whole_and_the_answers_are_unreadable_in_the_database(coach) -> None:
    case = a_participant(coach)
    record = entered(case, answers=EVERY_NO | {Question.DISABILITY: Answer.YES})
    record = EsfParticipation.objects.get(pk=record.pk)
    assert record.entry_on == case.opened_on
    assert (record.status, record.isced, record.nationality) == ("unemployed", 3, "belgian")
    assert record.answer(Question.DISABILITY) == Answer.YES
    assert record.answer(Question.MINORITY) == Answer.NO
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM reporting_esfparticipation")
        [(kept,)] = cursor.fetchall()
    assert not set("YNR") >= set(kept)
    assert "NYNNN" not in kept


def test_what_is_encrypted_does_not_betray_the_answers_by_its_length(coach) -> None:
    lengths = set()
    for answer in (*Answer.values, ""):
        entered(
            a_participant(coach, an_esf_project(coach, code=f"P{answer}")),
            answers=dict.fromkeys(Question.values, answer),
            asked_on=today(),
            proof="Questionnaire",
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(answers) FROM reporting_esfparticipation")
        lengths = {length for (length,) in cursor.fetchall()}
    assert len(lengths) == 1
    assert all(len(letter) == 1 for letter in LETTERS.values())
    assert len(UNANSWERED) == len(Question)


def test_the_trail_never_tells_an_answer(coach) -> None:
    record = entered(a_participant(coach))
    entries = LogEntry.objects.filter(object_pk=str(record.pk))
    assert "•••" in str([entry.changes for entry in entries])
    assert "NNNNN" not in str([entry.changes for entry in entries])


def test_what_is_filled_in_later_needs_no_reason_and_what_changes_does(coach) -> None:
    case = a_participant(coach)
    entered(case, isced=None, answers={})
    record = entered(case)
    assert record.isced == 3
    refused = refusal(entered, case, isced=2)
    assert (refused.code, refused.field) == ("reason_missing", "reason")
    assert EsfParticipation.objects.get(pk=record.pk).isced == 3


def test_a_correction_keeps_its_reason_and_both_values(coach) -> None:
    case = a_participant(coach)
    record = entered(case)
    record_entry(case=case, statement=an_entry(isced=2), actor=coach, reason="Diplôme vu depuis")
    entry = LogEntry.objects.filter(object_pk=str(record.pk)).latest("timestamp", "id")
    assert entry.additional_data["reason"] == "Diplôme vu depuis"
    assert entry.changes["isced"] == ["3", "2"]


def test_sent_twice_it_is_written_once(coach) -> None:
    case = a_participant(coach)
    declined = {"answers": dict.fromkeys(Question.values, "refused"), "asked_on": today(), "proof": "Signé"}
    assert entered(case, **declined).pk == entered(case, **declined).pk
    assert EsfRefusal.objects.count() == len(Question)
    left(case)
    assert a_result(case).pk == a_result(case).pk


@pytest.mark.parametrize(
    ("stated", "code", "field"),
    [
        ({"entry_on": D("2025-03-04")}, "future", "entry_on"),
        ({"entry_on": D("2025-03-02")}, "before_case", "entry_on"),
        ({"unemployed_since": D("2025-03-04")}, "after_entry", "unemployed_since"),
        ({"unemployed_since": D("1985-03-04")}, "before_birth", "unemployed_since"),
        ({"status": "inactive"}, "not_unemployed", "unemployed_since"),
        ({"answers": {"disability": "refused"}}, "asked_on_missing", "asked_on"),
        ({"answers": {"disability": "refused"}, "asked_on": D("2025-03-04")}, "future", "asked_on"),
        ({"answers": {"disability": "refused"}, "asked_on": D("2025-03-03"), "proof": " "}, "proof_missing", "proof"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(coach, stated, code, field) -> None:
    refused = refusal(entered, a_participant(coach), **stated)
    assert (refused.code, refused.field) == (code, field)
    assert not EsfParticipation.objects.exists()


def test_the_day_of_entry_and_the_last_day_before_it_are_possible(coach) -> None:
    record = entered(a_participant(coach), entry_on=today(), unemployed_since=today())
    assert record.unemployed_since == record.entry_on == today()


def test_nobody_enters_after_their_first_exit(coach, frozen) -> None:
    case = left(a_participant(coach))
    frozen("2025-03-10")
    assert refusal(entered, case, entry_on=D("2025-03-04")).code == "after_exit"
    assert entered(case, entry_on=D("2025-03-03")).entry_on == D("2025-03-03")


def test_a_refusal_keeps_its_proof_until_the_person_answers(coach) -> None:
    case = a_participant(coach)
    declined = EVERY_NO | {"minority": "refused", "disability": "refused"}
    entered(case, answers=declined, asked_on=D("2025-03-01"), proof="Questionnaire signé")
    # Another question, later: the first proof stays as it was.
    entered(case, answers=declined)
    answered = an_entry(answers=declined | {"minority": "no"})
    record_entry(case=case, statement=answered, actor=coach, reason="La personne a répondu")
    [kept] = EsfRefusal.objects.all()
    assert (kept.question, kept.asked_on, kept.proof) == ("disability", D("2025-03-01"), "Questionnaire signé")


def test_only_a_co_financed_project_has_participants(coach) -> None:
    other = ProjectFactory(organisation=coach.current_organisation, funder=Funder.FOREM)
    assert refusal(entered, a_participant(coach, other)).code == "not_esf"
    assert refusal(entered, a_case(coach)).code == "not_esf"


def test_the_coach_of_the_case_the_coordination_and_the_administration_write_and_nobody_else(coach) -> None:
    project = an_esf_project(coach)
    for role in (Role.COORDINATOR, Role.ADMIN):
        someone = user_with(role, coach.current_organisation)
        assert entered(a_participant(coach, project), actor=someone).recorded_by == someone
    case = a_participant(coach, project)
    others = [user_with(role, coach.current_organisation) for role in (Role.JOBCOACH, Role.ANALYST, Role.INSPECTOR)]
    for someone in [*others, a_coach(), user_with(Role.ADMIN)]:
        # Each has something of their own, so that the refusal is about this case.
        with pytest.raises(NotAllowed):
            entered(case, actor=someone)
    assert EsfParticipation.objects.filter(beneficiary=case.beneficiary).count() == 0


# --- Results ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "seen_on", "code"),
    [
        (Moment.EXIT, "2025-03-02", "too_early"),
        (Moment.EXIT, "2025-03-03", None),
        (Moment.SIX_MONTHS, "2025-09-02", "too_early"),
        (Moment.SIX_MONTHS, "2025-09-03", None),
        (Moment.SIX_MONTHS, "2025-10-02", "future"),
    ],
)
def test_a_result_is_seen_from_its_day_on(coach, frozen, moment, seen_on, code) -> None:
    case = left(a_participant(coach))
    frozen("2025-10-01")
    if code is None:
        assert a_result(case, moment, seen_on=D(seen_on)).seen_on == D(seen_on)
        return
    refused = refusal(a_result, case, moment, seen_on=D(seen_on))
    assert (refused.code, refused.field) == (code, "seen_on")


def test_there_is_no_result_before_the_exit(coach) -> None:
    assert refusal(a_result, a_participant(coach)).code == "still_open"


def test_somebody_out_of_reach_has_said_nothing(coach) -> None:
    case = left(a_participant(coach))
    assert refusal(a_result, case, source=ResultSource.UNREACHED).field == "source"
    assert a_result(case, source=ResultSource.UNREACHED, employed=False).employed is False


def test_the_improvement_is_that_of_people_employed_at_entry_and_says_in_what(coach, frozen) -> None:
    project = an_esf_project(coach)
    jobless, employed = a_participant(coach, project), a_participant(coach, project)
    entered(jobless)
    entered(employed, status="employed", unemployed_since=None)
    left(jobless), left(employed)
    frozen("2025-09-03")
    improved = {"moment": Moment.SIX_MONTHS, "improved": True, "improvement": "CDI à temps plein"}
    assert refusal(a_result, jobless, **improved).code == "not_employed_at_entry"
    assert refusal(a_result, employed, **(improved | {"improvement": ""})).field == "improvement"
    assert a_result(employed, **improved).improved


def test_a_result_is_corrected_with_its_reason(coach) -> None:
    case = left(a_participant(coach))
    result = a_result(case)
    assert refusal(a_result, case, employed=False).field == "reason"
    a_result(case, employed=False, reason="Contrat annulé")
    assert EsfResult.objects.get(pk=result.pk).employed is False


def test_somebody_who_comes_back_keeps_the_first_entry_and_the_last_exit(coach, frozen) -> None:
    first = a_participant(coach, opened_on=D("2025-01-06"))
    record = entered(first, entry_on=D("2025-01-06"))
    a_result(left(first, D("2025-02-03")))
    frozen("2025-04-07")
    second = came_back(first)
    again = participant_file(second)
    assert again.participation == record
    assert again.facts.entry_on == D("2025-01-06")
    assert (again.facts.exit_on, again.facts.at_exit.employed) == (None, False)
    assert refusal(a_result, first, Moment.EXIT, employed=False, reason="x").code == "came_back"
    frozen("2025-06-02")
    left(second)
    assert participant_file(first).facts.exit_on == D("2025-06-02")
    a_result(second, employed=False, in_training=True)
    facts = participant_file(first).facts
    assert (facts.at_exit.in_training, facts.at_exit.employed) == (True, False)
    assert (EsfParticipation.objects.count(), EsfResult.objects.count()) == (1, 2)


def test_another_project_is_another_participation(coach) -> None:
    first = a_participant(coach)
    entered(first)
    left(first)
    other = came_back(first, an_esf_project(coach, code="FSE-25"))
    assert participant_file(other).participation is None
    assert entered(other).project.code == "FSE-25"


# --- Reminders --------------------------------------------------------------------------------------------------------


def asked(case: CoachingCase) -> list[str]:
    """The results that the coach is or will be reminded of."""
    kinds = Deadline.objects.filter(case=case, kind__startswith="RESULTS").order_by("due_on")
    return list(kinds.values_list("kind", flat=True))


def test_reminders_are_settled_by_what_is_recorded(coach, frozen) -> None:
    case = left(a_participant(coach))
    assert asked(case) == ["RESULTS_4_WEEKS", "RESULTS_6_MONTHS"]
    a_result(case)
    assert asked(case) == ["RESULTS_6_MONTHS"]
    frozen("2025-09-03")
    a_result(case, Moment.SIX_MONTHS)
    assert asked(case) == []
    assert list(differences()) == []


def test_nothing_is_asked_about_a_former_exit_nor_about_the_dead(coach, frozen) -> None:
    case = left(a_participant(coach))
    frozen("2025-03-10")
    came_back(case)
    assert asked(case) == []
    dead = a_participant(coach, case.project)
    exit_case(case=dead, on=today(), exit_reason="DEATH", exit_outcome="UNKNOWN", actor=coach)
    assert asked(dead) == []
    assert list(differences()) == []


def test_an_exit_undone_asks_again_about_the_exit_that_follows(coach, frozen) -> None:
    case = left(a_participant(coach))
    a_result(case)
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)
    undo_exit(case=case, reason="Erreur", actor=coordinator)
    assert asked(case) == []
    assert participant_file(case).facts.exit_on is None
    frozen("2025-03-04")
    again = left(CoachingCase.objects.get(pk=case.pk))
    # What was seen before this exit tells nothing about it, and needs no reason to be replaced.
    assert asked(case) == ["RESULTS_4_WEEKS", "RESULTS_6_MONTHS"]
    assert participant_file(again).results == {}
    a_result(again, employed=False, in_training=True)
    assert asked(case) == ["RESULTS_6_MONTHS"]
    assert list(differences()) == []
