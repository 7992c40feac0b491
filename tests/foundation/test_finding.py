"""Pieces of keys: what `holds` and `shares` find is what a comparison row by row finds, and an index answers them."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from beneficiaries.models import Beneficiary
from beneficiaries.selectors.finding import answering, named
from employers.models import Company
from foundation import finding
from foundation.finding import alike, best_first, searched_columns
from foundation.finding_index import keep_pieces
from foundation.rules.text import search_key
from tests.factories.stories import a_case, a_coach, a_company

pytestmark = pytest.mark.django_db

NAMES = ("Boulangerie Dupont", "Dupont & Fils", "Garage de la Vesdre", "De Smet", "Le Du", "Ateliers 100 %", "XY")


@pytest.fixture
def coach() -> User:
    coach: User = a_coach()
    for name in NAMES:
        a_company(coach, name=name, town="")
    return coach


def found(typed: str) -> set[str]:
    return set(Company.objects.filter(search_key__holds=search_key(typed)).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dupont", {"Boulangerie Dupont", "Dupont & Fils"}),
        ("pon boul", {"Boulangerie Dupont"}),
        ("DÛPONT fi", {"Dupont & Fils"}),
        ("de vesdre", {"Garage de la Vesdre"}),
        # Two letters alone begin a word.
        ("du", {"Boulangerie Dupont", "Dupont & Fils", "Le Du"}),
        ("le du", {"Le Du"}),
        ("xy", {"XY"}),
        ("x", {"XY"}),
        ("100", {"Ateliers 100 %"}),
        ("", set(NAMES)),
        ("dupont vesdre", set()),
    ],
)
def test_words_are_found_anywhere_in_a_key_and_short_ones_where_a_word_begins(
    coach: User, typed: str, expected: set[str]
) -> None:
    assert found(typed) == expected


@pytest.mark.parametrize("typed", ["dupont", "pon boul", "du", "le du", "x", "de vesdre", "nt"])
def test_without_an_index_the_answer_is_the_same(coach: User, typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = found(typed)
    monkeypatch.setattr(finding, "sqlite_keeps_pieces", lambda: False)
    assert found(typed) == kept


def test_what_is_typed_is_never_an_operator(coach: User) -> None:
    for typed in ('"', "100%", 'a" OR "b', "NOT", "dupont*", "\\", "_x_"):
        assert isinstance(list(Company.objects.filter(search_key__holds=typed)), list)
    assert not Company.objects.filter(search_key__holds="%%%").exists()


def test_a_key_that_changes_or_goes_is_found_as_it_is_now(coach: User) -> None:
    firm = Company.objects.get(name="XY")
    Company.objects.filter(pk=firm.pk).update(search_key="zorro et cie")
    assert found("zorro") == {"XY"}
    assert found("xy") == set()
    firm.delete()
    assert found("zorro") == set()


def test_every_searched_column_stands_and_is_answered_by_an_index() -> None:
    assert {one.table for one in searched_columns} >= {
        "beneficiaries_beneficiary",
        "employers_vacancy",
        "accounts_user",
    }
    with connection.cursor() as cursor:
        for column in searched_columns:
            described = connection.introspection.get_table_description(cursor, column.table)
            assert column.column in {one.name for one in described}
            if connection.vendor == "postgresql":
                made = connection.introspection.get_constraints(cursor, column.table)
                assert made[column.name]["type"] == "gin"


def test_sqlite_asks_the_table_beside_and_makes_it_whole_when_it_was_lost(coach: User) -> None:
    if connection.vendor != "sqlite":
        return
    with CaptureQueriesContext(connection) as asked:
        assert found("dupont")
    assert "MATCH" in asked[0]["sql"]
    with connection.cursor() as cursor:
        cursor.execute('DROP TRIGGER "employers_company_search_key_pieces_added"')
    a_company(coach, name="Nouvelle Firme", town="")
    assert found("nouvelle") == set()
    keep_pieces(using="default")
    assert found("nouvelle") == {"Nouvelle Firme"}
    assert found("dupont") == {"Boulangerie Dupont", "Dupont & Fils"}


def test_people_are_found_by_what_they_say(coach: User) -> None:
    case = a_case(coach, first_name="Jean", last_name="Van de Velde", other_names="Kowalski", email="J.V@Exemple.be")
    for typed in ("vandevelde", "van de velde", "velde jean", "va", "kowal", "j.v@exemple.BE"):
        assert Beneficiary.objects.filter(answering(typed)).get() == case.beneficiary, typed
    assert not Beneficiary.objects.filter(named("elde xavier")).exists()


def test_those_that_begin_as_typed_come_first(coach: User) -> None:
    rows: Any = Company.objects.filter(search_key__holds="dupont")
    assert [one.name for one in best_first(rows, "dupont")] == ["Dupont & Fils", "Boulangerie Dupont"]


def test_what_is_misspelt_is_found_by_its_pieces(coach: User) -> None:
    rows = Company.objects.visible_to(coach)
    names = dict(rows.values_list("pk", "name"))
    assert [names[pk] for pk in alike(rows, "boulengerie duponnt", 5)] == ["Boulangerie Dupont"]
    assert alike(rows, "zzz", 5) == []
    assert alike(rows, "du", 5) == []


def test_the_lookups_say_no_and_join(coach: User) -> None:
    rows = Company.objects.exclude(search_key__holds="dupont")
    assert rows.count() == len(NAMES) - 2
    both = Company.objects.filter(Q(search_key__holds="smet") | Q(search_key__holds="vesdre"))
    assert both.count() == 2
