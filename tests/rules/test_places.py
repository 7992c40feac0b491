"""Postcodes and communes: one spelling, what is asked about, which commune an address is in on a day."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.places import PlaceDoubt, Places, place_key, read_places

pytestmark = pytest.mark.once

TABLE = Path(__file__).parents[2] / "foundation" / "places"


@cache
def places() -> Places:
    return read_places(line for file in sorted(TABLE.glob("*.txt")) for line in file.read_text("utf-8").splitlines())


BEFORE, AFTER = date(2024, 12, 31), date(2025, 1, 1)


@pytest.mark.parametrize(
    ("code", "typed", "spelt"),
    [
        ("4000", "LIEGE", "Liège"),
        ("4000", "Liege", "Liège"),
        ("4020", "liège", "Liège"),
        ("6870", "St Hubert", "Saint-Hubert"),
        ("6870", "St-Hubert", "Saint-Hubert"),
        ("5100", "jambes", "Jambes"),
        ("1348", "louvain la neuve", "Louvain-la-Neuve"),
        ("2000", "ANVERS", "Anvers"),
        ("5100", "Hameau du Bois", "Hameau du Bois"),
        ("9999", " LIEGE ", "LIEGE"),
        ("", "LIEGE", "Liège"),
        ("", "Anvers", "Anvers"),
    ],
)
def test_a_town_has_one_spelling_under_its_code(code, typed, spelt):
    assert places().spelling(code, typed) == spelt


@pytest.mark.parametrize(
    ("code", "town", "doubt"),
    [
        ("6600", "Namur", PlaceDoubt.CONTRADICTION),
        ("4000", "Namur", PlaceDoubt.CONTRADICTION),
        ("5100", "Liège", PlaceDoubt.CONTRADICTION),
        ("9999", "Namur", PlaceDoubt.UNKNOWN_CODE),
        ("0000", "", PlaceDoubt.UNKNOWN_CODE),
        ("5100", "Jambes", None),
        ("5100", "Namur", None),
        ("6600", "Bastogne", None),
        ("6687", "Bertogne", None),
        ("6687", "Bastogne", None),
        ("6687", "Bastogne (Bertogne)", None),
        # Three places bear that name.
        ("7760", "Celles", None),
        ("4317", "Celles", None),
        ("5561", "Celles", None),
        ("5000", "", None),
        ("", "Namur", None),
        ("5000", "Hameau du Bois", None),
    ],
)
def test_what_is_asked_about(code, town, doubt):
    assert places().doubt(code, town) is doubt


@pytest.mark.parametrize(
    ("code", "town", "before", "after"),
    [
        ("6600", "Bastogne", "Bastogne", "Bastogne"),
        ("6687", "Bertogne", "Bertogne", "Bastogne"),
        ("6687", "Bastogne (Bertogne)", "Bertogne", "Bastogne"),
        ("6688", "Longchamps", "Bertogne", "Bastogne"),
        ("5310", "Longchamps", "Éghezée", "Éghezée"),
        ("5100", "Jambes", "Namur", "Namur"),
        ("4000", "LIEGE", "Liège", "Liège"),
        ("", "liege", "Liège", "Liège"),
        ("", "Bertogne", "Bertogne", "Bastogne"),
        ("6600", "Namur", "Namur", "Namur"),
        ("3720", "Kortessem", "Kortessem", "Hasselt"),
        ("9820", "Merelbeke", "Merelbeke", "Merelbeke-Melle"),
        ("F-54400", "Longwy", "Longwy", "Longwy"),
        ("", "", "", ""),
    ],
)
def test_the_commune_of_an_address_on_a_day(code, town, before, after):
    assert (places().commune(code, town, BEFORE), places().commune(code, town, AFTER)) == (before, after)


def test_the_table_is_whole():
    table = places()
    walloon_and_brussels = {table.communes[one] for one in table.communes if not "1500" <= one[0] <= "3999"}
    assert {"Namur", "Liège", "Bruxelles", "Eupen", "Comines-Warneton", "Gent"} <= walloon_and_brussels
    assert all(len(code) == 4 and code.isdigit() for code in table.by_code)
    assert len(table.by_code) > 1100
    assert all(merger.on == AFTER for merger in table.mergers.values())
    assert len(table.mergers) == 23


@given(st.text(max_size=8), st.text(max_size=40), st.dates())
def test_whatever_is_typed_is_understood_or_kept(code, town, on):
    table = places()
    spelt = table.spelling(code, town)
    assert place_key(spelt) == place_key(town)
    assert table.spelling(code, spelt) == spelt
    table.doubt(code, town)
    table.commune(code, town, on)
