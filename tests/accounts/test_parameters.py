"""Dated parameters: shapes, first values, reading, adding."""

import json
from datetime import date, timedelta
from importlib import import_module
from operator import itemgetter

import pytest
from django.apps import apps
from django.db import connection

from accounts import registries
from accounts.enums import ParameterStatus, Role
from accounts.models import Parameter
from accounts.parameters import (
    CadenceStep,
    InvalidParameterValue,
    Key,
    definitions,
    law_days,
    registry,
    store,
    value_on,
)
from accounts.parameters.kinds import Codes, Steps, Whole, WholeList
from accounts.parameters.seeds import FIRST_DAY, seed_missing
from accounts.permissions import NotAllowed
from accounts.selectors.parameters import addition
from accounts.services.parameters import ParameterRefused, add_value
from accounts.signals import parameter_changed
from foundation.registry import Registry
from tests.conformance.folder import cases_folder
from tests.factories.accounts import OrganisationFactory, a_steward, user_with

CHANGE = date(2025, 7, 1)
POLICY = cases_folder() / "policy.json"


def add(key=Key.PREHIRE_MONTHS, value=30, valid_from=CHANGE, actor=None, status=ParameterStatus.CONFIRMED):
    return add_value(
        key=key,
        value=value,
        valid_from=valid_from,
        source="Décret imaginaire, article 1er",
        status=status,
        organisation=None,
        actor=actor or a_steward(),
    )


# --- shapes -----------------------------------------------------------------------------------------------------------

STEPS = "jusqu’au mois 2 : 7 jours\njusqu’au mois 4 : 14 jours\nensuite : 31 jours"


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Whole(), " 24 ", 24),
        (Whole(0, 10), "0", 0),
        (Whole(0, 10), "10", 10),
        (WholeList(), "31, 92;0", [92, 31, 0]),
        (Codes(), "cdi, CDD ,cdi", ["CDD", "CDI"]),
        (Steps(), "ensuite : 31 jours", [{"until_month": None, "every_days": 31}]),
        (Steps(), "2 : 7\n\n31", [{"until_month": 2, "every_days": 7}, {"until_month": None, "every_days": 31}]),
    ],
)
def test_what_is_typed_is_read(kind, typed, value):
    assert kind.parse(typed) == value
    assert kind.parse(kind.show(value)) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Whole(), ""),
        (Whole(), "deux"),
        (Whole(), "2,5"),
        (Whole(), "-1"),
        (Whole(1, 10), "0"),
        (Whole(1, 10), "11"),
        (WholeList(), "31, 31"),
        (WholeList(), "31,"),
        (Codes(), " , "),
        (Codes(), "CDI, 5!"),
        (Steps(), ""),
        (Steps(), "jusqu’au mois 2 : 7 jours"),
        (Steps(), "ensuite : 7 jours\nensuite : 31 jours"),
        (Steps(), "mois 4 : 7\nmois 2 : 14\nensuite 31"),
        (Steps(), "mois 2 : 7\nmois 2 : 14\nensuite 31"),
        (Steps(), "mois 2 : 0\nensuite 31"),
        (Steps(), "1 2 3"),
        (Steps(), "bientôt"),
    ],
)
def test_what_is_no_value_is_told(kind, typed):
    with pytest.raises(InvalidParameterValue):
        kind.parse(typed)


def test_a_code_outside_the_closed_list_is_told(monkeypatch):
    lists = Registry(key=itemgetter(0))
    lists.add((Key.STOPPING_CONTRACT_TYPES, (("CDI", "CDI"), ("CDD", "CDD"))))
    monkeypatch.setattr(registry, "closed_lists", lists)

    assert definitions[Key.STOPPING_CONTRACT_TYPES].parse("cdi") == ["CDI"]
    with pytest.raises(InvalidParameterValue, match="STAGE"):
        definitions[Key.STOPPING_CONTRACT_TYPES].parse("CDI, STAGE")


def test_a_parameter_is_declared_once():
    meaning = definitions[Key.PREHIRE_MONTHS]

    registry.definitions.add(meaning)
    with pytest.raises(ValueError, match="declared twice"):
        registry.definitions.add(
            registry.Definition(*(getattr(meaning, name) for name in meaning.__slots__[:-1]), "CONFIRMED")
        )


def test_every_name_has_a_meaning_and_every_first_value_can_be_typed():
    assert {meaning.key for meaning in definitions} >= set(Key)
    for meaning in definitions:
        stored = json.loads(json.dumps(meaning.default))
        typed = meaning.parse(meaning.kind.show(stored))
        assert meaning.kind.to_python(typed) == meaning.kind.to_python(stored)
        assert meaning.source


# --- first values -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_first_values_are_those_of_the_conformance_policy():
    policy = json.loads(POLICY.read_text())
    house = OrganisationFactory().pk
    at = {key: value_on(key, CHANGE, house) for key in Key}

    assert at[Key.PREHIRE_MONTHS] == policy["prehire_months"]
    assert at[Key.FOLLOWUP_MONTHS] == policy["followup_months"]
    assert at[Key.SAME_EMPLOYER_GAP_DAYS] == policy["same_employer_gap_days"]
    assert at[Key.STOPPING_CONTRACT_TYPES] == set(policy["stopping_contract_types"])
    assert at[Key.FOLLOWED_CONTRACT_TYPES] == set(policy["followed_contract_types"])
    assert at[Key.COUNTED_CONTRACT_TYPES] == set(policy["counted_contract_types"])
    assert at[Key.SAME_EMPLOYER_MONTHS] == policy["same_employer_months"]
    assert at[Key.SEVERAL_EMPLOYERS_DAYS] == policy["several_employers_days"]
    assert at[Key.DUE_SOON_DAYS] == policy["due_soon_days"]
    assert at[Key.PREPARATORY_DAYS] == policy["cadence"]["PREPARATORY"]
    assert at[Key.PRE_HIRE_DAYS] == policy["cadence"]["PRE_HIRE"]
    assert at[Key.HIRE_DAYS] == policy["cadence"]["HIRE"]
    assert at[Key.FOLLOW_UP_STEPS] == tuple(CadenceStep(**step) for step in policy["cadence"]["FOLLOW_UP"])


@pytest.mark.django_db
def test_the_method_s_other_first_values():
    house = OrganisationFactory().pk
    at = {key: value_on(key, CHANGE, house) for key in Key}
    assert at[Key.CASELOAD_NORM] == 20
    assert (at[Key.INTAKE_MONTHS], at[Key.INTAKE_WARNING_DAYS]) == (2, 45)
    assert at[Key.FIRST_MEETING_WORKING_DAYS] == 15
    assert at[Key.WARNING_DAYS] == (92, 31, 0)
    assert at[Key.FIXED_TERM_WARNING_DAYS] == 30
    assert at[Key.CARRY_OVER_MONTHS] == 12


@pytest.mark.django_db
def test_what_was_not_seen_in_the_law_is_not_called_confirmed():
    of_ours = Parameter.objects.filter(key__in=Key, status=ParameterStatus.CONFIRMED)
    confirmed = set(of_ours.values_list("key", flat=True))

    assert confirmed == {Key.PREHIRE_MONTHS, Key.INTAKE_MONTHS, Key.SAME_EMPLOYER_MONTHS}


@pytest.mark.django_db
def test_seeding_again_adds_only_what_is_missing():
    add()
    Parameter.objects.filter(key=Key.CASELOAD_NORM).delete()
    before = Parameter.objects.count()

    seed_missing(using="default")

    assert Parameter.objects.count() == before + 1
    assert Parameter.objects.get(key=Key.CASELOAD_NORM).valid_from == FIRST_DAY


@pytest.mark.django_db
@pytest.mark.parametrize("key", [key for key, _since, _before in law_days])
def test_a_test_of_the_decree_is_an_assumption_before_it_and_moves_nothing(key):
    before, since = Parameter.objects.filter(key=key).order_by("valid_from")
    assert (before.valid_from, before.valid_to) == (FIRST_DAY, since.valid_from)
    assert since.valid_from == date(2024, 1, 1)
    assert (before.status, since.status) == (ParameterStatus.ASSUMPTION, definitions[key].status)
    assert "décret du 11 mars 2004" in before.source
    assert value_on(key, date(2023, 12, 31)) == value_on(key, date(2024, 1, 1))


@pytest.mark.django_db
def test_rows_received_before_are_cut_in_two_once():
    migration = import_module("accounts.migrations.0009_tests_of_the_decree")
    assert set(migration.KEYS) == {key for key, _since, _before in law_days}
    wanted = list(
        Parameter.objects.order_by("key", "valid_from").values("key", "valid_from", "valid_to", "source", "status")
    )
    for key in migration.KEYS:
        Parameter.objects.filter(key=key, valid_from=FIRST_DAY).delete()
        Parameter.objects.filter(key=key).update(valid_from=FIRST_DAY)
    for _time in range(2):
        migration.cut_in_two(apps, None)
        kept = Parameter.objects.order_by("key", "valid_from")
        assert list(kept.values("key", "valid_from", "valid_to", "source", "status")) == wanted


def new_request():
    """What the beginning of a request tells the store (the signal itself would also close the test's connection)."""
    store._new_request()


# --- reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "months"),
    [
        pytest.param(date(1990, 1, 1), 24, id="before everything"),
        pytest.param(FIRST_DAY, 24, id="the first day"),
        pytest.param(CHANGE - timedelta(days=1), 24, id="the day before"),
        pytest.param(CHANGE, 30, id="the day"),
        pytest.param(CHANGE + timedelta(days=1), 30, id="the day after"),
    ],
)
def test_a_value_is_read_for_the_date_of_the_event(on, months):
    add()

    assert value_on(Key.PREHIRE_MONTHS, on) == months


@pytest.mark.django_db
def test_an_unknown_name_is_a_programming_error():
    with pytest.raises(KeyError):
        value_on("clock.prehire_month", CHANGE)


@pytest.mark.django_db
def test_a_parameter_without_rows_has_its_first_value():
    Parameter.objects.all().delete()

    assert value_on(Key.PREHIRE_MONTHS, CHANGE) == 24


@pytest.fixture
def other_process(monkeypatch):
    """Another process wrote: nothing of this process's memory was told."""

    def write(**facts):
        rows = Parameter.objects.filter(key=Key.PREHIRE_MONTHS)
        rows.filter(valid_to__isnull=True).update(valid_to=CHANGE)
        Parameter.objects.bulk_create(
            [Parameter(key=Key.PREHIRE_MONTHS, valid_from=CHANGE, source="x", status="ASSUMPTION", **facts)]
        )

    return write


@pytest.mark.django_db
def test_a_request_reads_everything_with_one_query(django_assert_num_queries):
    here, there = OrganisationFactory(), OrganisationFactory()

    def read_all():
        return [value_on(meaning.key, CHANGE, one.pk) for meaning in definitions for one in (here, there)]

    read_all()
    new_request()
    with django_assert_num_queries(1):
        read_all()
        read_all()


@pytest.mark.django_db
def test_the_next_request_sees_what_another_process_added(other_process):
    new_request()
    assert value_on(Key.PREHIRE_MONTHS, CHANGE) == 24
    other_process(value=30)
    assert value_on(Key.PREHIRE_MONTHS, CHANGE) == 24, "one request sees one state"

    new_request()

    assert value_on(Key.PREHIRE_MONTHS, CHANGE) == 30


@pytest.mark.django_db
def test_a_long_request_goes_on_with_what_it_read(other_process, monkeypatch, django_assert_num_queries):
    new_request()
    value_on(Key.PREHIRE_MONTHS, CHANGE)
    other_process(value=30)
    later = store.time.monotonic() + store.CHECK_EVERY_SECONDS + 1

    monkeypatch.setattr(store.time, "monotonic", lambda: later)

    with django_assert_num_queries(0):
        assert value_on(Key.PREHIRE_MONTHS, CHANGE) == 24


@pytest.mark.django_db
def test_a_worker_sees_it_within_seconds(other_process, monkeypatch):
    store._request_over()
    value_on(Key.PREHIRE_MONTHS, CHANGE)
    other_process(value=30)
    later = store.time.monotonic() + store.CHECK_EVERY_SECONDS + 1

    monkeypatch.setattr(store.time, "monotonic", lambda: later)

    assert value_on(Key.PREHIRE_MONTHS, CHANGE) == 30


@pytest.mark.django_db
def test_a_transaction_sees_its_own_value():
    value_on(Key.PREHIRE_MONTHS, CHANGE)

    add()

    assert value_on(Key.PREHIRE_MONTHS, CHANGE) == 30


@pytest.mark.django_db(transaction=True)
def test_a_value_that_was_rolled_back_was_never_in_force():
    actor = a_steward()

    def fail(**kwargs):
        assert value_on(Key.PREHIRE_MONTHS, CHANGE) == 30
        raise RuntimeError("after the value")

    parameter_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError, match="after the value"):
            add(actor=actor)
    finally:
        parameter_changed.disconnect(fail)

    assert value_on(Key.PREHIRE_MONTHS, CHANGE) == 24
    add(actor=actor)
    assert value_on(Key.PREHIRE_MONTHS, CHANGE) == 30
    assert not connection.in_atomic_block


# --- adding -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_new_value_closes_the_former_one_and_is_announced():
    heard = []

    def listen(parameter, actor, **kwargs):
        heard.append((parameter.value, actor))

    actor = a_steward()
    parameter_changed.connect(listen)
    try:
        added = add(actor=actor)
    finally:
        parameter_changed.disconnect(listen)

    former = Parameter.objects.get(key=Key.PREHIRE_MONTHS, valid_to__isnull=False)
    assert (former.valid_from, former.valid_to, former.value) == (FIRST_DAY, CHANGE, 24)
    assert (added.valid_to, added.created_by) == (None, actor)
    assert heard == [(30, actor)]


@pytest.mark.django_db
@pytest.mark.parametrize("valid_from", [CHANGE, CHANGE - timedelta(days=1)])
def test_the_past_is_not_rewritten(valid_from):
    add()

    with pytest.raises(ParameterRefused, match="depuis le 01/07/2025") as refusal:
        add(value=36, valid_from=valid_from)

    assert refusal.value.field == "valid_from"
    assert value_on(Key.PREHIRE_MONTHS, CHANGE) == 30


@pytest.mark.django_db
def test_a_value_in_force_is_not_added_again():
    with pytest.raises(ParameterRefused, match="déjà en vigueur"):
        add(value=24)


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_no_role_of_an_organisation_changes_the_installation(role):
    with pytest.raises(NotAllowed):
        add(actor=user_with(role))

    assert value_on(Key.PREHIRE_MONTHS, CHANGE) == 24


@pytest.mark.django_db
def test_what_would_move_is_asked_of_the_apps_above(monkeypatch):
    monkeypatch.setattr(registries, "impact_checks", Registry())
    registries.impact_checks.add(
        lambda change, actor: "12 dossiers changent d’échéance." if change.timeline[-1].value > 24 else ""
    )
    actor = a_steward()

    def told(value):
        return registries.impacts(
            addition(key=Key.PREHIRE_MONTHS, value=value, valid_from=CHANGE, organisation=None), actor
        )

    assert told(30) == ["12 dossiers changent d’échéance."]
    assert told(12) == []
