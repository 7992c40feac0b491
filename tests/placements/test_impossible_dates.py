"""Days that no one can mean, in contracts and suspensions: told in words, never a page that falls."""

from dataclasses import replace
from datetime import date

import pytest
from auditlog.models import LogEntry

from accounts.enums import Role
from foundation.asking import Unconfirmed
from foundation.clock import today
from foundation.errors import DomainError
from placements.services.clocks import SuspensionRequest, request_suspension
from placements.services.corrections import CorrectedTerms, correct_employment
from placements.services.hiring import Terms, hire
from tests.conftest import FrozenClock
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, a_company, hired, in_prehire

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("last", [date(9999, 12, 31), date(9999, 12, 30), date(2206, 12, 31), date(2126, 11, 30)])
def test_a_contract_of_centuries_is_refused(last: date) -> None:
    case = in_prehire(a_coach())
    with pytest.raises(DomainError):
        hired(case, starts_on=today(), ends_on=last, contract_type="CDD")


def test_a_permanent_contract_until_9999_has_no_end() -> None:
    assert hired(in_prehire(a_coach()), ends_on=date(9999, 12, 31), contract_type="CDI").ends_on is None


@pytest.mark.parametrize("first", [date(1989, 12, 31), date(2027, 12, 31)])
def test_a_first_day_that_is_no_plan_is_refused_with_its_field(frozen: FrozenClock, first: date) -> None:
    case = in_prehire(a_coach())
    with pytest.raises(DomainError) as refused:
        hired(case, starts_on=first)
    assert refused.value.field == "starts_on"


def test_a_suspension_until_9999_is_one_until_further_notice() -> None:
    case = in_prehire(a_coach())
    asked = request_suspension(
        case=case,
        request=SuspensionRequest(
            reason="ILLNESS", starts_on=today(), ends_on=date(9999, 12, 31), evidence="certificat"
        ),
        actor=case.coach,
    )
    assert asked.ends_on is None


@pytest.mark.parametrize("last", [date(9999, 12, 30), date(2206, 1, 1)])
def test_a_suspension_of_centuries_is_refused(last: date) -> None:
    case = in_prehire(a_coach())
    with pytest.raises(DomainError):
        request_suspension(
            case=case,
            request=SuspensionRequest(reason="ILLNESS", starts_on=today(), ends_on=last, evidence="certificat"),
            actor=case.coach,
        )


def test_an_unlikely_last_day_is_asked_about_and_the_answer_is_kept(frozen: FrozenClock) -> None:
    frozen("2026-11-30")
    case = in_prehire(a_coach())
    terms = Terms(contract_type="CDD", job_title="Magasinier·ère", starts_on=today(), ends_on=date(2029, 12, 31))
    company = a_company(case.coach)
    with pytest.raises(Unconfirmed, match="Est-ce bien 2029") as asked:
        hire(case=case, company=company, terms=terms, actor=case.coach)
    assert asked.value.field == "ends_on"
    job = hire(
        case=case,
        company=company,
        terms=replace(terms, confirmed=frozenset({asked.value.waiting[0].code})),
        actor=case.coach,
    )
    assert (
        asked.value.waiting[0].code in LogEntry.objects.get_for_object(job).earliest("pk").additional_data["confirmed"]
    )


def test_an_unlikely_end_of_suspension_is_asked_about(frozen: FrozenClock) -> None:
    case = in_prehire(a_coach())
    request = SuspensionRequest(reason="ILLNESS", starts_on=today(), ends_on=date(2028, 1, 1), evidence="certificat")
    with pytest.raises(Unconfirmed) as asked:
        request_suspension(case=case, request=request, actor=case.coach)
    request = replace(request, confirmed=frozenset({asked.value.waiting[0].code}))
    assert request_suspension(case=case, request=request, actor=case.coach).ends_on == date(2028, 1, 1)


def test_a_correction_asks_of_a_day_that_changes_what_the_first_entry_asks(frozen: FrozenClock) -> None:
    job = hired(in_prehire(a_coach()), starts_on=today(), ends_on=date(2026, 3, 31), contract_type="CDD")
    who = user_with(Role.COORDINATOR, job.case.organisation)
    terms = CorrectedTerms(
        contract_type="CDD", job_title="Aide", starts_on=today(), ends_on=date(2028, 3, 31), weekly_hours=None
    )
    with pytest.raises(Unconfirmed, match="Est-ce bien 2028") as asked:
        correct_employment(employment=job, terms=terms, reason="Fin", actor=who)
    yes = frozenset({asked.value.waiting[0].code})
    correct_employment(employment=job, terms=replace(terms, confirmed=yes), reason="Fin", actor=who)
    # What stays was asked about before.
    correct_employment(employment=job, terms=replace(terms, job_title="Aide de cuisine"), reason="Titre", actor=who)
