"""What random histories and races brought to light, told plainly."""

from datetime import date, timedelta
from functools import partial

import pytest

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import CoachingCase, PhaseSpell
from beneficiaries.services.cases import CaseOpening, hand_over, open_case
from beneficiaries.services.coherence import Incoherent, require_coherence
from beneficiaries.services.corrections import CorrectionRefused, correct_phase_start
from beneficiaries.services.path import sign_agreement
from beneficiaries.services.phases import exit_case, start_prehire
from followup.models import CaseStatus
from followup.services.consistency import differences
from foundation.clock import today
from foundation.persistence import InvalidFact, contradiction, save_checked
from placements.services.corrections import CorrectedTerms, correct_employment
from placements.services.guards import PlacementRefused
from placements.services.hiring import Terms, cancel_hiring, end_employment, hire, return_to_prehire
from placements.services.matching import propose_match
from tests.factories.accounts import user_with
from tests.factories.asking import EVERYTHING
from tests.factories.stories import a_case, a_coach, a_company, a_vacancy, hired, in_prehire, made_ready

pytestmark = pytest.mark.django_db

D = date.fromisoformat
DAY = timedelta(days=1)


@pytest.fixture
def coach(frozen) -> User:
    return a_coach()


@pytest.fixture
def coordinator(coach) -> User:
    return user_with(Role.COORDINATOR, coach.current_organisation)


def left(case: CoachingCase, on: str) -> CoachingCase:
    exit_case(case=case, on=D(on), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=case.coach)
    return CoachingCase.objects.get(pk=case.pk)


def back(former: CoachingCase, on: str) -> CoachingCase:
    """The person again, in pre-hire the day the new case is opened."""
    opening = CaseOpening(coach=former.coach, opened_on=D(on))
    case = made_ready(open_case(beneficiary=former.beneficiary, opening=opening, actor=former.coach))
    start_prehire(case=case, on=D(on), actor=former.coach)
    return CoachingCase.objects.get(pk=case.pk)


def test_a_correction_of_the_first_path_moves_the_third(coach, coordinator):
    """The second path carries the days of the first, and the third those of both."""
    first = left(in_prehire(coach, since=D("2024-01-08")), "2024-02-07")
    second = left(back(first, "2024-06-03"), "2024-06-13")
    third = back(second, "2025-01-06")
    assert CaseStatus.objects.get(case=third).prehire_deadline == D("2026-11-27")
    correct_phase_start(
        spell=first.spells.get(phase="PRE_HIRE"), starts_on=D("2024-01-18"), reason="Erreur", actor=coordinator
    )
    assert CaseStatus.objects.get(case=third).prehire_deadline == D("2026-12-07")
    assert list(differences()) == []


def test_a_hiring_whose_end_is_known_is_not_called_off(coach):
    """The end of a job that has not begun yet was recorded first: a constraint said no in the words of a program."""
    case = in_prehire(coach)
    job = hire(
        case=case,
        company=a_company(coach),
        terms=Terms(contract_type="CDI", job_title="Aide", starts_on=today() + 7 * DAY),
        actor=coach,
    )
    end_employment(employment=job, ended_on=today() + 9 * DAY, reason="MUTUAL", actor=coach)
    with pytest.raises(PlacementRefused) as refusal:
        cancel_hiring(employment=job, on=today(), reason="Plus de travail", actor=coach)
    assert refusal.value.code == "ended"


@pytest.mark.parametrize("seen_by", ["the model", "the database alone"])
def test_a_constraint_that_nobody_explains_is_told_without_its_name(coach, monkeypatch, seen_by):
    case = in_prehire(coach)
    spell = case.open_spell()
    spell.ends_on = spell.starts_on - DAY
    if seen_by == "the database alone":
        monkeypatch.setattr(PhaseSpell, "full_clean", lambda *args, **kwargs: None)
    with pytest.raises(InvalidFact) as refusal:
        save_checked(spell)
    assert refusal.value.message == contradiction()


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_no_job_is_proposed_before_pre_hire(coach, coordinator, days, refused):
    case = in_prehire(coach, since=D("2025-02-10"), opened_on=D("2025-01-06"))
    vacancy, on = a_vacancy(coach), D("2025-02-10") + days * DAY
    act = partial(propose_match, case=case, vacancy=vacancy, on=on, rationale="Aime l’ordre", actor=coach)
    if refused:
        with pytest.raises(PlacementRefused) as refusal:
            act()
        assert (refusal.value.code, refusal.value.field) == ("before_prehire", "proposed_on")
        return
    match = act()
    with pytest.raises(Incoherent, match="avant la pré-embauche"):
        correct_phase_start(
            spell=case.open_spell(), starts_on=match.proposed_on + DAY, reason="Erreur", actor=coordinator
        )


@pytest.mark.parametrize(
    ("terms", "code", "field"),
    [
        ({"ends_on": D("2025-02-23")}, "end_before_start", "ends_on"),
        ({"ended_on": D("2025-02-23"), "end_reason": "MUTUAL"}, "before_start", "ended_on"),
        ({"ended_on": D("2025-04-01"), "end_reason": "MUTUAL"}, "after_planned_end", "ended_on"),
        ({"ended_on": D("2025-03-02")}, "end_reason", "end_reason"),
        ({"end_reason": "MUTUAL"}, "no_last_day", "ended_on"),
        ({"contract_type": "CDI"}, "cdi_has_end", "ends_on"),
        ({"contract_type": "STAGE", "ends_on": None}, "end_missing", "ends_on"),
    ],
)
def test_a_contract_is_corrected_into_one_that_could_have_been_recorded(coach, coordinator, terms, code, field):
    """Each of these was stopped by a constraint that no sentence explained."""
    case = in_prehire(coach, since=D("2025-02-03"))
    job = hired(case, starts_on=D("2025-02-24"), ends_on=D("2025-03-31"), contract_type="CDD")
    written = {
        "contract_type": "CDD",
        "job_title": "Aide",
        "starts_on": D("2025-02-24"),
        "ends_on": D("2025-03-31"),
        "weekly_hours": None,
    }
    with pytest.raises(PlacementRefused) as refusal:
        correct_employment(
            employment=job, terms=CorrectedTerms(**(written | terms)), reason="Erreur", actor=coordinator
        )
    assert (refusal.value.code, refusal.value.field) == (code, field)


def opening_moved(case, to: str, actor: User) -> None:
    first = case.spells.get(sequence=1)
    correct_phase_start(spell=first, starts_on=D(to), reason="Erreur", actor=actor, confirmed=EVERYTHING)


def test_a_case_was_open_when_it_changed_hands(coach, coordinator):
    """The first assignment would have ended before it began: a constraint said no, without a sentence."""
    case = a_case(coach, opened_on=D("2025-02-03"))
    hand_over(case=case, coach=a_coach(case.organisation), on=D("2025-02-10"), actor=coordinator)
    with pytest.raises(CorrectionRefused) as refusal:
        opening_moved(case, "2025-02-11", coordinator)
    assert (refusal.value.code, refusal.value.field) == ("after_hand_over", "starts_on")
    opening_moved(case, "2025-02-10", coordinator)
    assert list(differences()) == []


def test_a_case_is_not_corrected_into_one_that_could_not_have_been_opened(coach, coordinator):
    case = a_case(coach, opened_on=D("2025-02-03"), birth_date=D("2000-01-01"))
    sign_agreement(case=case, kind="CONVENTION", signed_on=D("2025-02-10"), actor=coach)
    with pytest.raises(Incoherent, match="avant la naissance"):
        opening_moved(case, "2000-01-01", coordinator)
    with pytest.raises(Incoherent, match="signé avant l’ouverture"):
        opening_moved(case, "2025-02-11", coordinator)
    opening_moved(case, "2025-02-10", coordinator)


def test_a_job_that_was_followed_is_not_called_off_afterwards(coach):
    """Back in pre-hire after its term, the job could be called off as of the eve of its first day."""
    case = in_prehire(coach, since=D("2025-01-06"))
    job = hired(case, starts_on=D("2025-01-20"), ends_on=D("2025-02-14"), contract_type="CDD")
    return_to_prehire(case=case, on=D("2025-02-15"), reason="Fin du CDD", actor=coach)
    with pytest.raises(PlacementRefused) as refusal:
        cancel_hiring(employment=job, on=D("2025-01-19"), reason="Jamais venue", actor=coach)
    assert (refusal.value.code, refusal.value.field) == ("already_started", "on")


def test_a_hiring_that_never_began_is_called_off_when_one_hears_of_it(coach, frozen):
    case = in_prehire(coach, since=D("2025-01-06"))
    terms = Terms(contract_type="CDI", job_title="Aide", starts_on=D("2025-03-10"))
    job = hire(case=case, company=a_company(coach), terms=terms, actor=coach)
    frozen("2025-03-12")
    cancel_hiring(employment=job, on=D("2025-03-07"), reason="L’employeur a renoncé", actor=coach)
    assert CoachingCase.objects.get(pk=case.pk).open_spell().phase == "PRE_HIRE"
    assert list(differences()) == []


def test_a_job_heard_of_late_does_not_contradict_a_return_to_pre_hire(coach):
    """Followed again since, the person turns out to have worked elsewhere on the day they came back to pre-hire."""
    case = in_prehire(coach, since=D("2025-01-06"))
    hired(case, starts_on=D("2025-01-20"), ends_on=D("2025-02-14"), contract_type="CDD")
    return_to_prehire(case=case, on=D("2025-02-15"), reason="Fin du CDD", actor=coach)
    hired(case, starts_on=D("2025-02-24"))
    late = hired(case, starts_on=D("2025-02-14"), ends_on=D("2025-02-28"), contract_type="INTERIM")
    assert late.told_late
    require_coherence(case)
    hired(case, starts_on=D("2025-02-15"), ends_on=D("2025-02-28"), contract_type="INTERIM")
    hired(case, starts_on=D("2025-02-10"), ends_on=D("2025-02-14"), contract_type="INTERIM")
