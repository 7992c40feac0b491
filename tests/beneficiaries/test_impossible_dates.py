"""Days that no one can mean, in people, cases and situations."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from beneficiaries.models import Beneficiary, Situation
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.people import update_beneficiary
from foundation.errors import DomainError
from tests.factories.stories import a_case, a_coach, a_person, a_situation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", [date(1, 1, 1), date(26, 3, 27), date(1899, 12, 31), date(1926, 12, 1)])
def test_no_case_before_the_method_existed(day: date) -> None:
    coach = a_coach()
    person = a_person(coach, birth_date=None)
    with pytest.raises(DomainError):
        open_case(beneficiary=person, opening=CaseOpening(coach=coach, opened_on=day), actor=coach)


@pytest.mark.parametrize("day", [date(26, 3, 27), date(1850, 1, 1), date(1899, 12, 31)])
def test_nobody_was_born_then(day: date) -> None:
    with pytest.raises(DomainError):
        a_person(a_coach(), birth_date=day)


@pytest.mark.parametrize("page", ["beneficiaries:case_situation", "beneficiaries:eligibility"])
def test_a_situation_until_9999_goes_on_and_its_pages_open(client: Client, page: str) -> None:
    case = a_case(a_coach())
    told = a_situation(case, kind="UNEMPLOYMENT", starts_on=date(2026, 1, 1), ends_on=date(9999, 12, 31))
    assert told.ends_on is None
    client.force_login(case.coach)
    assert client.get(reverse(page, args=[case.pk])).status_code == 200


@pytest.mark.parametrize("last", [date(9999, 12, 31), date(9999, 12, 30)])
@pytest.mark.parametrize("page", ["beneficiaries:case_situation", "beneficiaries:eligibility"])
def test_what_an_older_version_let_in_closes_no_page(client: Client, page: str, last: date) -> None:
    case = a_case(a_coach())
    told = a_situation(case)
    Situation.objects.filter(pk=told.pk).update(ends_on=last)
    client.force_login(case.coach)
    assert client.get(reverse(page, args=[case.pk])).status_code == 200


def test_the_rest_of_a_person_can_be_corrected_before_a_date_that_an_older_version_let_in() -> None:
    case = a_case(a_coach())
    Beneficiary.objects.filter(pk=case.beneficiary_id).update(birth_date=date(26, 3, 27))
    changed: Any = update_beneficiary(case=case, actor=case.coach, town="Herstal")
    assert (changed.town, changed.birth_date) == ("Herstal", date(26, 3, 27))
