"""What people type, and what the fields understand or say."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from foundation.fields import (
    DecimalInput,
    FrenchDateField,
    FrenchDateInput,
    FrenchDecimalField,
    FrenchTimeField,
    MinutesField,
    MinutesInput,
)
from foundation.formatting import duration_words
from foundation.rules.dates import BIRTH, DEFAULT, DateBounds
from tests.conftest import FrozenClock

pytestmark = pytest.mark.usefixtures("frozen")  # Monday 3 March 2025


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("27/03/2025", date(2025, 3, 27)),
        ("7/3/2025", date(2025, 3, 7)),
        (" 27.3.25 ", date(2025, 3, 27)),
        ("27-03-2025", date(2025, 3, 27)),
        ("27 03 2025", date(2025, 3, 27)),
        ("2025-03-27", date(2025, 3, 27)),
        ("29/02/2024", date(2024, 2, 29)),
        ("aujourd’hui", date(2025, 3, 3)),
        ("Aujourd'hui", date(2025, 3, 3)),
        ("hier", date(2025, 3, 2)),
        ("avant-hier", date(2025, 3, 1)),
        ("demain", date(2025, 3, 4)),
        ("après-demain", date(2025, 3, 5)),
        ("vandaag", date(2025, 3, 3)),
        ("eergisteren", date(2025, 3, 1)),
        ("overmorgen", date(2025, 3, 5)),
        ("Heute", date(2025, 3, 3)),
        ("vorgestern", date(2025, 3, 1)),
        ("übermorgen", date(2025, 3, 5)),
    ],
)
def test_dates_that_are_understood(typed: str, read: date) -> None:
    assert FrenchDateField().clean(typed) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("bientôt", "invalid"),
        ("27/03", "invalid"),
        ("27/03/202", "invalid"),
        ("3/27/2025", "impossible"),
        ("31/02/2025", "impossible"),
        ("29/02/2025", "impossible"),
        ("2025-13-01", "impossible"),
        ("", "required"),
        ("   ", "required"),
    ],
)
def test_dates_that_are_not(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        FrenchDateField().clean(typed)
    assert caught.value.error_list[0].code == code


def test_the_error_repeats_what_was_typed() -> None:
    with pytest.raises(ValidationError, match="31/02/2025"):
        FrenchDateField().clean("31/02/2025")


@pytest.mark.parametrize(
    ("typed", "bounds", "year"),
    [
        ("01/02/58", DEFAULT, 2058),
        ("01/02/58", BIRTH, 1958),
        ("01/02/76", DEFAULT, 1976),
        ("03/03/25", BIRTH, 2025),
        ("03/03/26", BIRTH, 1926),
        ("04/03/25", DEFAULT, 2025),
        ("01/02/99", DEFAULT, 1999),
    ],
)
def test_a_year_of_two_digits_is_the_nearest_or_for_a_birth_the_last_passed(
    typed: str, bounds: DateBounds, year: int
) -> None:
    found = FrenchDateField(bounds=bounds).to_python(typed)
    assert found is not None
    assert found.year == year


@pytest.mark.parametrize("typed", ["01/12/26", "1.12.26", "31-12-26"])
def test_a_slip_into_the_future_is_told(frozen: FrozenClock, typed: str) -> None:
    frozen("2026-11-30")
    with pytest.raises(ValidationError):
        FrenchDateField(not_future=True).clean(typed)


def test_the_same_day_with_four_digits_is_told_already(frozen: FrozenClock) -> None:
    frozen("2026-11-30")
    with pytest.raises(ValidationError):
        FrenchDateField(not_future=True).clean("01/12/2026")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31/12/9999", "s’il n’y a pas de fin"),
        ("31/12/1899", "antérieure au 01/01/1900"),
        ("0026-03-27", "antérieure au 01/01/1900"),
        ("04/03/2030", "plus de 5 ans"),
        ("01/01/2206", "plus de 5 ans"),
    ],
)
def test_a_day_that_no_one_can_mean_is_told(typed: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        FrenchDateField().clean(typed)


def test_9999_means_no_end_where_an_end_may_be_absent() -> None:
    assert FrenchDateField(required=False, may_be_open=True).clean("31/12/9999") is None
    with pytest.raises(ValidationError, match="5 ans"):
        FrenchDateField(required=False, may_be_open=True).clean("30/12/9999")


@pytest.mark.parametrize(("typed", "refused"), [("02/03/2025", True), ("03/03/2025", False), ("04/03/2025", False)])
def test_not_past_accepts_today(typed: str, refused: bool) -> None:
    field = FrenchDateField(not_past=True)
    if refused:
        with pytest.raises(ValidationError, match="passé"):
            field.clean(typed)
    else:
        field.clean(typed)


@pytest.mark.parametrize(("typed", "refused"), [("02/03/2025", False), ("03/03/2025", False), ("04/03/2025", True)])
def test_not_future_accepts_today(typed: str, refused: bool) -> None:
    field = FrenchDateField(not_future=True)
    if refused:
        with pytest.raises(ValidationError, match="futur"):
            field.clean(typed)
    else:
        field.clean(typed)


def test_the_day_turns_in_brussels(frozen: FrozenClock) -> None:
    frozen("2025-03-04")
    assert FrenchDateField().clean("aujourd’hui") == date(2025, 3, 4)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2030, 3, 3)))
def test_what_the_input_shows_is_read_back(day: date) -> None:
    shown = FrenchDateInput().format_value(day)
    assert FrenchDateField().clean(shown) == day


def test_shortcuts_travel_as_dates() -> None:
    html = FrenchDateInput(shortcuts={"Hier": -1}).render("d", None)
    assert 'data-shortcuts="Hier=02/03/2025"' in html
    assert 'inputmode="numeric"' in html


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("45", 45),
        ("45 min", 45),
        ("45’", None),
        ("1h", 60),
        ("1 h", 60),
        ("1h30", 90),
        ("1 h 30", 90),
        ("1 h 30 min", 90),
        ("1u30", 90),
        ("1 u. 30", 90),
        ("1 uur 30", 90),
        ("1,5 uur", 90),
        ("45 minuten", 45),
        ("1 Std. 30 Min.", 90),
        ("2 Stunden", 120),
        ("1:30", 90),
        ("1:05", 65),
        ("1,5 h", 90),
        ("0,25h", 15),
        ("2 heures", 120),
        ("1h75", None),
        ("-5", None),
        ("une heure", None),
        ("1,5", None),
    ],
)
def test_durations(typed: str, minutes: int | None) -> None:
    if minutes is None:
        with pytest.raises(ValidationError):
            MinutesField().clean(typed)
    else:
        assert MinutesField().clean(typed) == minutes


@pytest.mark.parametrize(("typed", "accepted"), [("0", False), ("1", True), ("1440", True), ("1441", False)])
def test_the_limits_of_a_duration(typed: str, accepted: bool) -> None:
    if accepted:
        MinutesField().clean(typed)
    else:
        with pytest.raises(ValidationError, match="durée"):
            MinutesField().clean(typed)


@given(st.integers(min_value=1, max_value=24 * 60))
def test_a_duration_shown_is_read_back(minutes: int) -> None:
    assert MinutesField().clean(MinutesInput().format_value(minutes)) == minutes
    assert MinutesField().clean(duration_words(minutes)) == minutes


def test_a_duration_rewritten_otherwise_has_not_changed() -> None:
    assert not MinutesField().has_changed(90, "1h30")
    assert MinutesField().has_changed(90, "2h")
    assert MinutesField().has_changed(90, "bof")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14:30", time(14, 30)),
        ("14h30", time(14, 30)),
        ("14u30", time(14, 30)),
        ("14 uur", time(14)),
        ("14 Uhr 30", time(14, 30)),
        ("14.30 Uhr", time(14, 30)),
        ("14 h 05", time(14, 5)),
        ("9h", time(9)),
        ("9", time(9)),
        ("0930", time(9, 30)),
        ("24:00", None),
        ("9h75", None),
        ("midi", None),
    ],
)
def test_times(typed: str, read: time | None) -> None:
    if read is None:
        with pytest.raises(ValidationError, match="heure"):
            FrenchTimeField().clean(typed)
    else:
        assert FrenchTimeField().clean(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0,8", Decimal("0.8")),
        ("0.8", Decimal("0.8")),
        ("1 234,50", Decimal("1234.50")),
        ("12,50 €", Decimal("12.50")),
        ("abc", None),
        ("NaN", None),
        ("Infinity", None),
        ("1,2,3", None),
    ],
)
def test_decimals(typed: str, read: Decimal | None) -> None:
    if read is None:
        with pytest.raises(ValidationError):
            FrenchDecimalField().clean(typed)
    else:
        assert FrenchDecimalField().clean(typed) == read


def test_a_decimal_is_shown_with_a_comma() -> None:
    assert 'value="0,80"' in DecimalInput().render("fte", Decimal("0.80"))
