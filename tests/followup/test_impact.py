"""What a new dated value would move, told before it is written; and nobody leaves people behind."""

from datetime import date

import pytest

from accounts.enums import ParameterStatus
from accounts.parameters import Key, trying, value_on
from accounts.registries import impacts, reasons_to_stay
from accounts.rules.dated_values import Dated
from accounts.selectors.parameters import addition
from accounts.services.parameters import add_value
from followup.models import CaseStatus
from followup.services.consistency import differences
from tests.factories import stories
from tests.factories.accounts import a_steward

pytestmark = pytest.mark.django_db


def test_a_value_on_trial_is_read_from_its_first_day_and_forgotten() -> None:
    with trying(Key.PREHIRE_MONTHS, None, (Dated(date(2000, 1, 1), 24), Dated(date(2025, 2, 1), 30))):
        assert value_on(Key.PREHIRE_MONTHS, date(2025, 1, 31)) == 24
        assert value_on(Key.PREHIRE_MONTHS, date(2025, 2, 1)) == 30
        assert value_on(Key.FOLLOWUP_MONTHS, date(2025, 2, 1)) == 6
    assert value_on(Key.PREHIRE_MONTHS, date(2025, 2, 1)) == 24


@pytest.fixture
def world(frozen):
    coach = stories.a_coach()
    stories.in_prehire(coach, since=date(2025, 1, 31))
    stories.in_prehire(coach, since=date(2025, 2, 1))
    stories.in_prehire(stories.a_coach(), since=date(2025, 2, 24))
    stories.closed(coach)
    return a_steward()


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        (Key.PREHIRE_MONTHS, 30, "2 dossiers ouverts changent, dont la fin des 24 mois pour 2"),
        (Key.PRE_HIRE_DAYS, 14, "2 dossiers ouverts changent."),
        (Key.FOLLOWUP_MONTHS, 9, "Aucune échéance"),
    ],
)
def test_the_impact_says_how_many_cases_move(world, key, value, sentence) -> None:
    before = list(CaseStatus.objects.order_by("pk").values())
    told = impacts(addition(key=key, value=value, valid_from=date(2025, 2, 1), organisation=None), world)
    assert any(sentence in line for line in told), told
    assert list(CaseStatus.objects.order_by("pk").values()) == before


def test_what_was_told_is_what_moves(world) -> None:
    before = dict(CaseStatus.objects.open().values_list("pk", "prehire_deadline"))
    add_value(
        key=Key.PREHIRE_MONTHS,
        value=30,
        valid_from=date(2025, 2, 1),
        source="Essai",
        status=ParameterStatus.ASSUMPTION,
        organisation=None,
        actor=world,
    )
    after = dict(CaseStatus.objects.open().values_list("pk", "prehire_deadline"))
    assert sum(before[pk] != after[pk] for pk in before) == 2
    assert list(differences()) == []


def test_somebody_who_carries_open_cases_may_not_leave(frozen) -> None:
    coach = stories.a_coach()
    assert reasons_to_stay(coach, coach.current_organisation) == []
    stories.in_prehire(coach)
    (sentence,) = reasons_to_stay(coach, coach.current_organisation)
    assert "1 dossier ouvert" in sentence
    assert reasons_to_stay(coach, stories.a_coach().current_organisation) == []


def test_somebody_who_leads_sessions_to_come_may_not_leave(frozen) -> None:
    coach = stories.a_coach()
    session = stories.a_session(coach)
    (sentence,) = reasons_to_stay(coach, coach.current_organisation)
    assert "1 séance collective à venir" in sentence
    frozen("2025-03-04")
    assert session.on < frozen.today
    assert reasons_to_stay(coach, coach.current_organisation) == []
    assert reasons_to_stay(coach, stories.a_coach().current_organisation) == []
