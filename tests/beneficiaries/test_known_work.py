"""Contracts that the installation holds, in the check of eligibility and in the clock of somebody who comes back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from beneficiaries.models import CoachingCase, EligibilityCheck, Situation
from beneficiaries.selectors.snapshots import read_snapshot
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.path import PathRefused, check_eligibility
from beneficiaries.services.phases import exit_case, start_prehire
from followup.models import CaseStatus
from followup.services.consistency import differences
from foundation.asking import Unconfirmed
from placements.models import Employment
from placements.selectors.clocks import clock_facts
from placements.services.hiring import Terms, end_employment, hire
from tests.factories.stories import a_case, a_coach, a_company, in_prehire, made_ready, statement_on

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 30)
FOREM = {"criteria": ["registered_24_of_36"], "evidence_kind": "FOREM_EXTRACT"}


def contract(case, starts_on, ends_on=None, contract_type="CDI"):
    terms = Terms(contract_type=contract_type, job_title="Aide", starts_on=starts_on, ends_on=ends_on)
    return hire(case=case, company=a_company(case.coach), terms=terms, actor=case.coach)


@pytest.fixture
def back(frozen):
    """Somebody who had a fixed term, then an open-ended contract that still runs, left, and comes back that day."""
    frozen("2026-11-30")
    case = in_prehire(a_coach(), since=date(2026, 3, 2))
    first = contract(case, date(2026, 9, 28), date(2026, 10, 31), "CDD")
    end_employment(employment=first, ended_on=date(2026, 10, 31), reason="TERM", actor=case.coach)
    contract(case, date(2026, 11, 10))
    exit_case(case=case, on=ON, exit_reason="WITHDRAWAL", exit_outcome="EMPLOYED", actor=case.coach)
    return open_case(
        beneficiary=case.beneficiary, opening=CaseOpening(coach=case.coach, opened_on=ON), actor=case.coach
    )


def checked(case, **stated):
    return check_eligibility(case=case, statement=statement_on(case, ON, **(FOREM | stated)), actor=case.coach)


def asked(case, **stated):
    with pytest.raises(Unconfirmed) as caught:
        checked(case, **stated)
    return caught.value


def test_what_contradicts_the_form_is_asked_once_and_writes_nothing_before(back):
    noted = Situation.objects.count()
    question = asked(back)
    over, running = sorted(question.questions, key=lambda one: one.code)
    assert "CDD du 28/09/2026 au 31/10/2026" in over.sentence
    assert "34 jours" in over.sentence
    assert "CDI depuis le 10/11/2026" in running.sentence
    assert not EligibilityCheck.objects.filter(case=back).exists()
    assert Situation.objects.count() == noted
    # One answer is not the other.
    assert {one.code for one in asked(back, confirmed=frozenset({over.code})).waiting} == {running.code}
    check = checked(back, confirmed=frozenset({over.code, running.code}))
    measured = {one["code"]: one["measured"] for one in check.snapshot["findings"]}
    assert measured["registered_24_of_36"] == (ON - date(2023, 11, 30)).days - 34
    shown = read_snapshot(check)
    assert [(job.kind, job.starts_on, job.ends_on) for job in shown.work] == [
        ("CDD", date(2026, 9, 28), date(2026, 10, 31)),
        ("CDI", date(2026, 11, 10), None),
    ]
    assert not shown.stayed_unoccupied


def test_somebody_who_stayed_unoccupied_meanwhile_loses_no_day(back):
    question = asked(back, stayed_unoccupied=True)
    assert [one.code.partition(":")[0] for one in question.questions] == ["work_running"]
    check = checked(back, stayed_unoccupied=True, confirmed=frozenset(one.code for one in question.questions))
    measured = {one["code"]: one["measured"] for one in check.snapshot["findings"]}
    assert measured["registered_24_of_36"] == (ON - date(2023, 11, 30)).days
    assert read_snapshot(check).stayed_unoccupied


def test_work_that_is_known_contradicts_years_without_any(back):
    codes = frozenset(one.code for one in asked(back).questions)
    with pytest.raises(PathRefused, match="une activité professionnelle pendant 54 jours"):
        checked(back, criteria=["inactive_36_months"], evidence_kind="DECLARATION", confirmed=codes)


@pytest.mark.parametrize(
    ("kind", "starts_on", "ends_on", "questions"),
    [
        # Training in a firm is no work; nor is a hiring that was called off, nor a job long over.
        ("PFI", date(2026, 9, 1), date(2026, 12, 31), 0),
        ("ART_60", date(2026, 9, 1), date(2026, 12, 31), 1),
        ("CDD", date(2023, 9, 1), date(2023, 11, 29), 0),
        ("CDD", date(2023, 9, 1), date(2023, 11, 30), 1),
    ],
)
def test_which_contracts_are_opposed(frozen, kind, starts_on, ends_on, questions):
    frozen("2026-11-30")
    case = a_case(a_coach(), opened_on=ON, education="CESS")
    contract(case, starts_on, ends_on, kind)
    if questions:
        assert len(asked(case).questions) == questions
    else:
        assert checked(case)


def test_a_contract_called_off_and_that_of_another_house_say_nothing(frozen):
    frozen("2026-11-30")
    case = a_case(a_coach(), opened_on=ON, education="CESS")
    contract(case, date(2026, 9, 1))
    Employment.objects.update(cancelled_on=ON, cancel_reason="Personne n’est venu")
    contract(a_case(a_coach(), opened_on=ON), date(2026, 9, 1))
    assert checked(case)


def test_the_page_shows_the_contracts_and_asks_beside_the_day(client, back):
    client.force_login(back.coach)
    url = reverse("beneficiaries:eligibility", args=[back.pk])
    page = client.get(url).content.decode()
    assert "Contrats déjà connus" in page
    assert "du 28/09/2026 au 31/10/2026" in page
    typed = {"checked_on": "30/11/2026", "evidence_kind": "FOREM_EXTRACT", "evidence_on": "30/11/2026"}
    first = client.post(url, typed)
    boxes = [box.code for box in first.context["form"].boxes("checked_on")]
    assert (first.status_code, len(boxes)) == (422, 2)
    assert client.post(url, typed | {"asked_once": boxes}).status_code == 302
    frozen_page = client.get(reverse("beneficiaries:eligibility_frozen", args=[back.pk])).content.decode()
    assert "Contrats connus ce jour-là" in frozen_page


def returned(back: CoachingCase) -> CoachingCase:
    case = made_ready(back)
    start_prehire(case=case, on=ON, actor=case.coach)
    return CoachingCase.objects.get(pk=case.pk)


def test_a_contract_of_the_former_case_stops_the_clock_of_the_return(client, back):
    case = returned(back)
    clock = clock_facts(case).prehire(ON + timedelta(days=30))
    assert (clock.state, clock.stopped_days, clock.deadline) == ("stopped", 30, None)
    # It opens no follow-up here: that of the former case is its own.
    assert clock_facts(case).windows() == ()
    assert CaseStatus.objects.get(case=case).prehire_deadline is None
    client.force_login(case.coach)
    assert (
        "Connu d’un dossier précédent" in client.get(reverse("placements:case_jobs", args=[case.pk])).content.decode()
    )
    why = client.get(reverse("placements:case_clock", args=[case.pk])).content.decode()
    assert "(dossier précédent)" in why


def test_its_end_learnt_later_moves_the_deadline_of_the_return(frozen, back):
    case = returned(back)
    frozen("2027-01-31")
    job = Employment.objects.get(case=case.previous_case, contract_type="CDI")
    end_employment(employment=job, ended_on=date(2026, 12, 31), reason="RESIGNATION", actor=case.coach)
    used = clock_facts(case.previous_case).prehire(ON).used_days
    allowed = (date(2028, 11, 30) - ON).days
    # Thirty-two days stand still, from the return to the last day worked.
    assert CaseStatus.objects.get(case=case).prehire_deadline == ON + timedelta(days=allowed - used + 32)
    assert list(differences()) == []


def test_work_told_at_the_return_was_no_day_of_the_former_pre_hire(frozen):
    frozen("2026-11-30")
    case = in_prehire(a_coach(), since=date(2026, 9, 1))
    exit_case(case=case, on=date(2026, 10, 1), exit_reason="WITHDRAWAL", exit_outcome="UNKNOWN", actor=case.coach)
    new = open_case(beneficiary=case.beneficiary, opening=CaseOpening(coach=case.coach, opened_on=ON), actor=case.coach)
    assert clock_facts(new).carried_over_days == 30
    contract(new, date(2026, 9, 21), date(2026, 10, 15), "CDD")
    new = CoachingCase.objects.get(pk=new.pk)
    assert clock_facts(new).carried_over_days == 20
