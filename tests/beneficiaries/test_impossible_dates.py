"""Days that no one can mean, in people, cases and situations."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import Beneficiary, Situation
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.corrections import correct_phase_start
from beneficiaries.services.people import update_beneficiary
from foundation.asking import Unconfirmed
from foundation.errors import DomainError
from tests.conftest import FrozenClock
from tests.factories.accounts import user_with
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


def test_an_opening_of_long_ago_is_asked_about(frozen: FrozenClock) -> None:
    coach = a_coach()
    person = a_person(coach)
    opening = CaseOpening(coach=coach, opened_on=date(2014, 3, 3))
    with pytest.raises(Unconfirmed, match="Est-ce bien 2014") as asked:
        open_case(beneficiary=person, opening=opening, actor=coach)
    opening = replace(opening, confirmed=frozenset({asked.value.waiting[0].code}))
    assert open_case(beneficiary=person, opening=opening, actor=coach).opened_on == date(2014, 3, 3)


def test_an_opening_corrected_to_long_ago_is_asked_about_again(frozen: FrozenClock) -> None:
    case = a_case(a_coach())
    who = user_with(Role.COORDINATOR, case.organisation)
    said: Any = {"spell": case.spells.get(), "starts_on": date(2014, 3, 3), "reason": "Dossier papier", "actor": who}
    with pytest.raises(Unconfirmed, match="Est-ce bien 2014") as asked:
        correct_phase_start(**said)
    moved = correct_phase_start(**said, confirmed=frozenset({asked.value.waiting[0].code}))
    assert moved.starts_on == date(2014, 3, 3)


def test_a_number_that_tells_another_birth_is_asked_about_by_the_service_too() -> None:
    coach = a_coach()
    case = a_case(coach, birth_date=date(1990, 3, 4))
    with pytest.raises(Unconfirmed, match="Le numéro national dit 04/03/1985, la fiche dit 04/03/1990") as asked:
        update_beneficiary(case=case, actor=coach, niss="85030400136")
    yes = frozenset({asked.value.waiting[0].code})
    known = update_beneficiary(case=case, actor=coach, niss="85030400136", confirmed=yes)
    assert known.niss == "85030400136"
    # Another birth is another question; the rest of the record is none.
    with pytest.raises(Unconfirmed):
        update_beneficiary(case=case, actor=coach, birth_date=date(1991, 3, 4), confirmed=yes)
    assert update_beneficiary(case=case, actor=coach, town="Herstal").town == "Herstal"


@pytest.mark.parametrize("born", [date(2015, 3, 3), date(1930, 3, 3)])
def test_a_child_or_somebody_very_old_is_asked_about_once(frozen: FrozenClock, born: date) -> None:
    coach = a_coach()
    with pytest.raises(Unconfirmed) as asked:
        a_person(coach, birth_date=born)
    case = a_case(coach)
    known = update_beneficiary(
        case=case, actor=coach, birth_date=born, confirmed=frozenset({asked.value.waiting[0].code})
    )
    assert known.birth_date == born
    assert update_beneficiary(case=case, actor=coach, birth_date=born, town="Herstal").town == "Herstal"


def test_the_page_asks_and_keeps_what_was_typed(client: Client, frozen: FrozenClock) -> None:
    coach = a_coach()
    client.force_login(coach)
    fields = {
        "first_name": "Zoé",
        "last_name": "Exemple",
        "birth_date": "03/03/30",
        "coach": coach.pk,
        "opened_on": "03/03/2014",
    }
    address = reverse("beneficiaries:case_new")
    codes: list[str] = []
    for name in ("birth_date", "opened_on"):
        asked = client.post(address, fields | {"asked_once": codes})
        assert asked.status_code == 422
        (box,) = asked.context["form"][name].boxes
        codes.append(box.code)
        assert "Zoé" in asked.content.decode()
    assert client.post(address, fields | {"asked_once": codes}).status_code == 302
