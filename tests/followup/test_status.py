"""What is stored of a case is what its facts give, whatever was written and however many days pass."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.enums import ParameterStatus
from accounts.parameters import Key
from accounts.services.parameters import add_value
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import exit_case
from followup.models import Appointment, CaseStatus, Contact, Deadline
from followup.rules.cadence import counts_for_cadence
from followup.rules.kinds import DeadlineKind
from followup.selectors.policy import cadence_policy
from followup.services.consistency import differences
from followup.services.contacts import AppointmentPlan, change_appointment, plan_appointment
from followup.services.status import rebuild_all
from foundation.clock import today
from foundation.errors import DomainError
from foundation.rules.periods import add_months
from method.rules.phases import Phase
from placements.selectors.clocks import clock_facts
from placements.services.hiring import cancel_hiring, end_employment, return_to_prehire
from tests.factories.accounts import user_with
from tests.factories.stories import (
    a_case,
    a_coach,
    a_company,
    a_contact,
    closed,
    hired,
    in_followup,
    in_prehire,
)
from tests.rules.oracles import contact_asked

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def status_of(case: CoachingCase, on: date | None = None) -> CaseStatus:
    return CaseStatus.objects.with_due(on or today()).get(case=case)


def kinds_shown(case: CoachingCase) -> set[str]:
    return set(Deadline.objects.filter(case=case).shown_on(today()).values_list("kind", flat=True))


def test_every_phase_has_a_sound_status(frozen):
    coach = a_coach()
    for case in (a_case(coach), in_prehire(coach), in_followup(coach), closed(coach)):
        assert CaseStatus.objects.get(case=case).phase == case.open_spell().phase
    assert list(differences()) == []


def test_a_contact_moves_the_next_one(frozen):
    case = in_prehire(a_coach(), since=date(2025, 2, 20))
    assert status_of(case).contact_due_on == date(2025, 2, 27)
    a_contact(case, on=date(2025, 3, 1))
    assert status_of(case).contact_due_on == date(2025, 3, 8)
    assert status_of(case).last_contact_on == date(2025, 3, 1)


def test_a_no_show_moves_nothing_and_is_counted(frozen):
    case = in_prehire(a_coach(), since=date(2025, 2, 20))
    for day in (date(2025, 2, 24), date(2025, 2, 26), date(2025, 2, 28)):
        a_contact(case, on=day, outcome="NO_SHOW", minutes=0, summary="")
    assert status_of(case).contact_due_on == date(2025, 2, 27)
    assert status_of(case).no_shows_in_a_row == 3
    assert DeadlineKind.NO_SHOWS in kinds_shown(case)
    a_contact(case, on=date(2025, 3, 1))
    assert DeadlineKind.NO_SHOWS not in kinds_shown(case)


def test_in_follow_up_the_employer_is_due_once_a_month_unless_discreet(frozen):
    coach = a_coach()
    agreed, discreet = in_followup(coach), in_followup(coach, mode="DISCREET")
    assert status_of(agreed).employer_due_on == today() - 5 * DAY + 31 * DAY
    assert status_of(discreet).employer_due_on is None


def test_a_talk_with_the_employer_moves_the_next_one_only_for_that_firm(frozen):
    coach = a_coach()
    firm = a_company(coach)
    case = in_followup(coach, since=date(2025, 2, 3), company=firm)
    a_contact(case, on=date(2025, 2, 20), party="EMPLOYER", company=a_company(coach))
    assert status_of(case).employer_due_on == date(2025, 3, 6)
    a_contact(case, on=date(2025, 2, 20), party="EMPLOYER", company=firm)
    assert status_of(case).employer_due_on == date(2025, 3, 23)


def test_with_a_short_job_beside_a_lasting_one_the_follow_up_ends_with_the_lasting_one(frozen):
    case = in_followup(a_coach(), since=date(2025, 1, 6))
    hired(case, starts_on=date(2025, 2, 3), ends_on=date(2025, 3, 28), contract_type="CDD")
    status = status_of(case)
    assert (status.followup_starts_on, status.followup_deadline) == (date(2025, 1, 6), date(2025, 7, 6))
    assert status.contract_ends_on is None
    frozen("2025-04-14")
    assert DeadlineKind.JOB_ENDED not in kinds_shown(case)


def test_a_job_that_ends_at_its_term_calls_for_the_way_on_without_a_write(frozen):
    case = in_followup(a_coach(), since=date(2025, 1, 6), ends_on=date(2025, 3, 14), contract_type="CDD")
    assert kinds_shown(case) >= {DeadlineKind.CONTRACT_END}
    frozen("2025-03-15")
    assert kinds_shown(case) == {DeadlineKind.JOB_ENDED}


def test_the_status_follows_an_appointment_and_its_fate(frozen):
    case = in_prehire(a_coach())
    planned = plan_appointment(case=case, plan=AppointmentPlan(on=today() + 2 * DAY, channel="PHONE"), actor=case.coach)
    assert status_of(case).next_appointment_on == today() + 2 * DAY
    change_appointment(appointment=planned, state="CANCELLED", cancelled_by="PERSON", actor=case.coach)
    assert status_of(case).next_appointment_on is None


def test_nothing_is_due_after_the_exit(frozen):
    case = in_prehire(a_coach())
    exit_case(case=case, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=case.coach)
    assert not Deadline.objects.filter(case=case).exists()


def test_a_new_cadence_changes_what_is_due_in_the_same_transaction(frozen):
    case = in_prehire(a_coach(), since=date(2025, 2, 20))
    add_value(
        key=Key.PRE_HIRE_DAYS,
        value=10,
        valid_from=date(2025, 2, 1),
        source="Note de service",
        status=ParameterStatus.ASSUMPTION,
        organisation=case.organisation,
        actor=user_with("ADMIN", case.organisation),
    )
    assert status_of(case).contact_due_on == date(2025, 3, 2)
    assert list(differences()) == []


# --- The command ------------------------------------------------------------------------------------------------------


def run(*args: str) -> str:
    out = StringIO()
    call_command("check_consistency", *args, stdout=out, no_color=True)
    return out.getvalue()


def test_the_command_says_that_all_is_well(frozen):
    in_prehire(a_coach())
    assert "Aucune différence" in run()


def spoiled_cases() -> CoachingCase:
    case = in_prehire(a_coach())
    CaseStatus.objects.filter(case=case).update(prehire_deadline=date(2031, 1, 1))
    Deadline.objects.filter(case=case, kind=DeadlineKind.CONTACT).delete()
    CaseStatus.objects.filter(case=in_followup(a_coach())).delete()
    return case


def test_the_command_prints_each_difference_and_fails(frozen):
    case = spoiled_cases()
    out = StringIO()
    with pytest.raises(CommandError, match="3 différences") as caught:
        call_command("check_consistency", stdout=out)
    assert caught.value.returncode == 1
    assert f"Dossier {case.pk}, prehire_deadline : enregistré « 2031-01-01 »" in out.getvalue()


def test_the_command_repairs_when_asked(frozen):
    spoiled_cases()
    assert "2 dossiers recalculés" in run("--repair")
    assert "Aucune différence" in run()


def test_a_deadline_stored_twice_is_a_difference(frozen):
    case = in_prehire(a_coach())
    twin = Deadline.objects.get(case=case, kind=DeadlineKind.CONTACT)
    twin.pk = None
    twin._state.adding = True
    twin.save()
    assert [d.field for d in differences()] == ["deadline"]


def test_a_closing_date_without_an_exit_is_a_difference(frozen):
    case = in_prehire(a_coach())
    CoachingCase.objects.filter(pk=case.pk).update(closed_on=today())
    assert "closed_on" in {d.field for d in differences()}


def test_rebuilding_many_leaves_what_rebuilding_one_leaves_in_as_many_statements(frozen, django_assert_max_num_queries):
    coach = a_coach()
    for _n in range(6):
        in_followup(coach)
    with django_assert_max_num_queries(18):
        assert rebuild_all() == 6
    assert list(differences()) == []


# --- Histories --------------------------------------------------------------------------------------------------------


def naive_due(case: CoachingCase, on: date) -> date | None:
    """The contact due on a day, from the rows, the rule being asked anew for each job."""
    spell = case.open_spell()
    counting = [c.on for c in Contact.objects.filter(case=case) if counts_for_cadence(c.channel, c.outcome, c.party)]
    last, phase = max(counting, default=None), Phase(spell.phase)
    windows = clock_facts(case).windows() if phase is Phase.FOLLOW_UP else [None]
    asked = [
        contact_asked(
            phase,
            spell.starts_on,
            last,
            window.period if window else None,
            cadence_policy(window.starts_on if window else spell.starts_on, case.organisation_id),
            on,
        )
        for window in windows
    ]
    return min((due for due in asked if due is not None), default=None)


ACTS = ("wait", "contact", "no_show", "employer", "hire_cdi", "hire_cdd", "end", "cancel", "back", "plan", "exit")
steps = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 45)), min_size=1, max_size=9)


def perform(case: CoachingCase, act: str, days: int) -> None:
    """One act of a coach; what the rules refuse leaves nothing."""
    case = CoachingCase.objects.get(pk=case.pk)
    actor, job = case.coach, case.employments.effective().order_by("-starts_on", "-created_at").first()
    if act == "contact":
        a_contact(case)
    elif act == "no_show":
        a_contact(case, outcome="NO_SHOW", minutes=0, summary="")
    elif act == "employer" and job:
        a_contact(case, party="BOTH", company=job.company)
    elif act == "hire_cdi":
        hired(case, starts_on=today() + days // 3 * DAY)
    elif act == "hire_cdd":
        company = job.company if job and days % 2 else None
        hired(
            case,
            starts_on=today() + days // 5 * DAY,
            ends_on=today() + 2 * days * DAY,
            contract_type="CDD",
            company=company,
        )
    elif act == "end" and job:
        end_employment(employment=job, ended_on=today() + (days // 9 - 2) * DAY, reason="MUTUAL", actor=actor)
    elif act == "cancel" and job:
        cancel_hiring(employment=job, on=today(), reason="Changement de programme", actor=actor)
    elif act == "back":
        return_to_prehire(case=case, on=today(), reason="Fin du contrat", actor=actor)
    elif act == "plan":
        plan_appointment(case=case, plan=AppointmentPlan(on=today() + days * DAY, channel="PHONE"), actor=actor)
    elif act == "exit" and days > 40:
        exit_case(case=case, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=actor)


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(story=steps)
def test_whatever_happens_the_status_is_what_the_facts_give_and_days_change_nothing(frozen, story):
    with transaction.atomic():
        frozen("2025-03-03")
        coach = a_coach()
        case = in_prehire(coach, since=today() - 30 * DAY)
        for act, days in story:
            if act == "wait":
                frozen(today() + days * DAY)
                continue
            try:
                with transaction.atomic():
                    perform(case, act, days)
            except DomainError:
                continue
            assert list(differences()) == [], (act, days)
        written = today()
        for ahead in (0, 1, 6, 7, 8, 20, 31, 62, 120, 184, 400, 800):
            on = frozen(written + ahead * DAY)
            assert list(differences()) == []
            assert status_of(case, on).contact_due_on == naive_due(CoachingCase.objects.get(pk=case.pk), on)
        transaction.set_rollback(True)


def test_an_appointment_without_an_outcome_stays_the_earliest(frozen):
    case = in_prehire(a_coach())
    plan_appointment(case=case, plan=AppointmentPlan(on=today(), channel="PHONE"), actor=case.coach)
    frozen(add_months(today(), 1))
    assert Appointment.objects.planned().filter(on__lt=today()).count() == 1
    assert list(differences()) == []
