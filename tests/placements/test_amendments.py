"""Amendments: the terms of a day, one job all along, and what was heard of late."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.enums import Role
from accounts.permissions import NotAllowed
from accounts.registries import takables
from accounts.services.reasons import CorrectionRefused
from accounts.services.taking_back import take_back
from beneficiaries.models import CoachingCase
from beneficiaries.services.coherence import require_coherence
from beneficiaries.services.phases import exit_case
from followup.models import CaseStatus, Deadline
from followup.services.consistency import differences
from foundation.clock import today
from placements.models import Employment
from placements.rules.amendments import Change
from placements.selectors.clocks import clock_facts
from placements.selectors.terms import agreed_terms
from placements.services.amendments import Stated, amend
from placements.services.corrections import CorrectedTerms, correct_employment
from placements.services.guards import PlacementRefused
from placements.services.hiring import end_employment
from placements.services.idleness import IdleDays, record_idleness
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, hired, in_prehire

pytestmark = pytest.mark.django_db


def at(*day):
    return time_machine.travel(datetime(*day, 10, tzinfo=ZoneInfo("Europe/Brussels")), tick=False)


@pytest.fixture(autouse=True)
def _everything_holds():
    yield
    assert list(differences()) == []
    for case in CoachingCase.objects.all():
        require_coherence(case)


def amended(job, *, by=None, learnt_on=None, note="", **change):
    change.setdefault("effective_on", today())
    stated = Stated(change=Change(**change), learnt_on=learnt_on or today(), note=note)
    return amend(employment=job, stated=stated, actor=by or job.case.coach)


def a_cdd(ends_on, *, since=date(2026, 6, 1), prehire=date(2026, 3, 2)):
    coach = a_coach()
    return hired(in_prehire(coach, since=prehire), starts_on=since, ends_on=ends_on, contract_type="CDD")


def phases(case):
    return [(spell.phase, spell.starts_on) for spell in case.spells.order_by("sequence")][1:]


def reminders(case):
    return list(Deadline.objects.filter(case=case, kind="CONTRACT_END").values_list("shown_from", flat=True))


def fresh(job):
    return Employment.objects.get(pk=job.pk)


def test_the_terms_are_those_of_the_day_and_the_author_and_the_day_learnt_are_kept():
    with at(2026, 11, 30):
        job = a_cdd(date(2026, 12, 31))
        amendment = amended(
            job,
            effective_on=date(2026, 9, 1),
            learnt_on=date(2026, 11, 27),
            weekly_hours=Decimal("28.5"),
            job_title="Chef d’équipe",
            joint_committee="140.03",
        )
        before, after = (agreed_terms(fresh(job), day) for day in (date(2026, 8, 31), date(2026, 9, 1)))
        assert (before.job_title, before.weekly_hours, before.joint_committee) == ("Magasinier·ère", None, "")
        assert (after.job_title, after.weekly_hours, after.joint_committee) == (
            "Chef d’équipe",
            Decimal("28.5"),
            "140.03",
        )
        assert (amendment.learnt_on, amendment.recorded_by) == (date(2026, 11, 27), job.case.coach)


def test_a_prolongation_is_one_job_with_its_window_its_clock_and_its_reminder():
    with at(2026, 8, 3):
        job = a_cdd(date(2026, 8, 31))
        case = job.case
        assert CaseStatus.objects.get(case=case).followup_deadline == date(2026, 9, 1)
        amended(job, changes_end=True, ends_on=date(2027, 2, 28))
        facts = clock_facts(CoachingCase.objects.get(pk=case.pk))
        assert [(w.starts_on, w.deadline) for w in facts.windows()] == [(date(2026, 6, 1), date(2026, 12, 1))]
        assert facts.prehire(date(2027, 3, 1)).stopped_days == 273
        assert phases(case)[-1] == ("FOLLOW_UP", date(2026, 6, 1))
        assert reminders(case) == [date(2027, 1, 29)]
        assert (fresh(job).signed_ends_on, fresh(job).end_amended) == (date(2026, 8, 31), True)


def test_a_contract_is_shortened_and_the_reminder_comes_sooner():
    with at(2026, 8, 3):
        job = a_cdd(date(2026, 12, 31))
        amended(job, changes_end=True, ends_on=date(2026, 9, 30))
        assert reminders(job.case) == [date(2026, 8, 31)]
        assert clock_facts(CoachingCase.objects.get(pk=job.case_id)).windows()[0].deadline == date(2026, 10, 1)


def test_a_prolongation_heard_of_after_the_end_takes_back_the_end_and_the_bounce():
    with at(2026, 9, 14):
        job = a_cdd(date(2026, 8, 31))
        end_employment(employment=job, ended_on=date(2026, 8, 31), reason="TERM", actor=job.case.coach)
        assert phases(job.case)[-1] == ("PRE_HIRE", date(2026, 9, 1))
        told = amended(job, effective_on=date(2026, 8, 31), changes_end=True, ends_on=date(2026, 12, 31))
        assert (fresh(job).ended_on, fresh(job).ends_on) == (None, date(2026, 12, 31))
        assert phases(job.case)[-1] == ("FOLLOW_UP", date(2026, 6, 1))
        take_back(kind=takables["avenant"], row=told, reason="Autre personne", actor=job.case.coach)
        assert (fresh(job).ended_on, fresh(job).end_reason) == (date(2026, 8, 31), "TERM")
        assert (fresh(job).signed_ends_on, fresh(job).end_amended) == (None, False)
        assert phases(job.case)[-1] == ("PRE_HIRE", date(2026, 9, 1))


def test_a_prolongation_that_is_over_too_moves_the_bounce():
    with at(2026, 11, 30):
        job = a_cdd(date(2026, 8, 31))
        end_employment(employment=job, ended_on=date(2026, 8, 31), reason="TERM", actor=job.case.coach)
        amended(job, effective_on=date(2026, 8, 31), changes_end=True, ends_on=date(2026, 10, 30))
        assert phases(job.case)[-1] == ("PRE_HIRE", date(2026, 10, 31))


def test_a_prolongation_heard_of_after_the_exit_is_taken():
    with at(2026, 11, 30):
        job = a_cdd(date(2026, 8, 31))
        case, coach = job.case, job.case.coach
        end_employment(employment=job, ended_on=date(2026, 8, 31), reason="TERM", actor=coach)
        exit_case(
            case=CoachingCase.objects.get(pk=case.pk),
            on=date(2026, 9, 30),
            exit_reason="WITHDRAWAL",
            exit_outcome="EMPLOYED",
            actor=coach,
        )
        amended(job, effective_on=date(2026, 8, 31), changes_end=True, ends_on=date(2026, 12, 31), by=coach)
        assert phases(case)[-2:] == [("FOLLOW_UP", date(2026, 6, 1)), ("EXIT", date(2026, 9, 30))]
        assert fresh(job).ended_on is None


def test_another_job_lived_since_stands():
    with at(2026, 11, 30):
        job = a_cdd(date(2026, 7, 31))
        end_employment(employment=job, ended_on=date(2026, 7, 31), reason="TERM", actor=job.case.coach)
        hired(CoachingCase.objects.get(pk=job.case_id), starts_on=date(2026, 9, 1))
        lived = phases(job.case)
        amended(job, effective_on=date(2026, 7, 31), changes_end=True, ends_on=date(2026, 12, 31))
        assert phases(job.case) == lived
        assert fresh(job).told_late


def test_a_contract_that_ended_otherwise_is_not_shortened_below_its_end():
    with at(2026, 11, 30):
        job = a_cdd(date(2026, 12, 31))
        end_employment(employment=job, ended_on=date(2026, 10, 2), reason="DISMISSAL", actor=job.case.coach)
        with pytest.raises(PlacementRefused, match="presté jusqu’au 02/10/2026"):
            amended(job, effective_on=date(2026, 9, 1), changes_end=True, ends_on=date(2026, 9, 30))


def test_a_cdd_that_becomes_permanent_goes_on_as_another_contract_with_six_new_months():
    with at(2026, 9, 14):
        job = a_cdd(date(2026, 12, 31))
        told = amended(job, effective_on=date(2026, 9, 1), becomes="CDI", weekly_hours=Decimal(30))
        permanent = told.replaced_by
        assert (permanent.contract_type, permanent.starts_on, permanent.weekly_hours) == ("CDI", date(2026, 9, 1), 30)
        assert (fresh(job).ended_on, fresh(job).end_reason) == (date(2026, 8, 31), "CONVERTED")
        facts = clock_facts(CoachingCase.objects.get(pk=job.case_id))
        assert [w.deadline for w in facts.windows()] == [date(2026, 9, 1), date(2027, 3, 1)]
        assert phases(job.case)[-1] == ("FOLLOW_UP", date(2026, 6, 1))
        take_back(kind=takables["avenant"], row=told, reason="Erreur", actor=job.case.coach)
        assert (fresh(job).ended_on, fresh(permanent).cancelled_on) == (None, today())


def test_the_same_amendment_is_written_once():
    with at(2026, 8, 3):
        job = a_cdd(date(2026, 12, 31))
        amended(job, weekly_hours=Decimal(20))
        with pytest.raises(PlacementRefused) as refused:
            amended(job, weekly_hours=Decimal(20))
        assert refused.value.code == "already_amended"
        assert job.amendments.count() == 1


def test_its_author_takes_it_back_the_same_day_a_coordinator_later():
    with at(2026, 8, 3):
        job = a_cdd(date(2026, 12, 31))
        told = amended(job, changes_end=True, ends_on=date(2027, 3, 31))
    coordinator = user_with(Role.COORDINATOR, job.case.organisation)
    with at(2026, 8, 4):
        with pytest.raises(NotAllowed):
            take_back(kind=takables["avenant"], row=told, reason="Erreur", actor=job.case.coach)
        with pytest.raises(CorrectionRefused):
            take_back(kind=takables["avenant"], row=told, reason=" ", actor=coordinator)
        take_back(kind=takables["avenant"], row=told, reason="Erreur", actor=coordinator)
        assert fresh(job).ends_on == date(2026, 12, 31)


def test_a_correction_leaves_the_last_day_to_the_amendment():
    with at(2026, 8, 3):
        job = a_cdd(date(2026, 12, 31))
        amended(job, changes_end=True, ends_on=date(2027, 3, 31))
        coordinator = user_with(Role.COORDINATOR, job.case.organisation)
        terms = CorrectedTerms(
            contract_type="CDD",
            job_title="Aide",
            starts_on=job.starts_on,
            ends_on=date(2027, 3, 31),
            weekly_hours=None,
        )
        correct_employment(employment=job, terms=terms, reason="Fonction", actor=coordinator)
        with pytest.raises(PlacementRefused, match="vient d’un avenant"):
            correct_employment(
                employment=job, terms=replace(terms, ends_on=date(2027, 1, 31)), reason="Fin", actor=coordinator
            )


def test_nobody_else_amends_a_contract():
    with at(2026, 8, 3):
        job = a_cdd(date(2026, 12, 31))
        with pytest.raises(NotAllowed):
            amended(job, weekly_hours=Decimal(20), by=a_coach())


def test_a_correction_does_not_leave_outside_what_was_told_of_the_contract():
    with at(2026, 8, 3):
        job = a_cdd(date(2026, 12, 31))
        amended(job, effective_on=date(2026, 6, 8), weekly_hours=Decimal(20))
        stated = IdleDays(
            kind="WEATHER", starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 3), learnt_on=date(2026, 7, 3)
        )
        record_idleness(employment=job, stated=stated, actor=job.case.coach)
        known = {"contract_type": "CDD", "job_title": "Aide", "weekly_hours": None}
        actor = user_with(Role.COORDINATOR, job.case.organisation)
        for first, last, field, what in (
            (date(2026, 6, 9), date(2026, 12, 31), "starts_on", "avenant du 08/06/2026"),
            (date(2026, 6, 1), date(2026, 7, 2), "ends_on", "intempéries"),
        ):
            terms = CorrectedTerms(starts_on=first, ends_on=last, **known)
            with pytest.raises(PlacementRefused, match=what) as refused:
                correct_employment(employment=job, terms=terms, reason="Jour", actor=actor)
            assert (refused.value.code, refused.value.field) == ("leaves_out", field)
        terms = CorrectedTerms(starts_on=date(2026, 6, 8), ends_on=date(2026, 7, 3), **known)
        assert correct_employment(employment=job, terms=terms, reason="Jour", actor=actor).starts_on.day == 8
