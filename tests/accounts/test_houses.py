"""Values of two organisations and of the installation: who reads what, who may change what, what is left behind."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Owner, ParameterStatus, Role
from accounts.models import Parameter
from accounts.parameters import Key, OrganisationMissing, definitions, installation_value, store, value_on
from accounts.permissions import NotAllowed
from accounts.rules.dated_values import Dated
from accounts.selectors.parameters import ParameterRefused, parameter_sheet
from accounts.services.parameters import add_value, supersede_value, withdraw_value
from foundation.clock import today
from tests.factories.accounts import OrganisationFactory, a_steward, user_with

FIRST = date(2025, 1, 1)
HOUSE = [meaning.key for meaning in definitions if meaning.owner is Owner.HOUSE]
LAW = [meaning.key for meaning in definitions if meaning.owner is Owner.LAW]
DAY = timedelta(days=1)


# --- reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", HOUSE)
def test_a_value_of_the_house_is_not_read_without_a_house(key):
    with pytest.raises(OrganisationMissing):
        value_on(key, FIRST)


def test_clocks_insertion_and_eligibility_are_the_law_s_and_the_rest_the_house_s():
    counted = ("clock.", "insertion.", "eligibility.")
    warnings = {Key.WARNING_DAYS, Key.FOLLOWUP_WARNING_DAYS, Key.SUSPENSION_REVIEW_DAYS}
    assert {key for key in HOUSE if key.startswith(counted)} == warnings
    assert {Key.CASELOAD_NORM, Key.PRE_HIRE_DAYS, Key.NO_SHOW_ALERT} <= set(HOUSE)
    assert {Key.PREHIRE_MONTHS, Key.STOPPING_CONTRACT_TYPES, Key.INTAKE_MONTHS} <= set(LAW)


days = st.integers(0, 40).map(lambda n: FIRST + n * DAY)
timelines = st.dictionaries(days, st.integers(1, 9), max_size=4).map(
    lambda found: [Dated(start, found[start]) for start in sorted(found)]
)
own_timelines = st.dictionaries(days, st.none() | st.integers(10, 99), max_size=4).map(
    lambda found: [Dated(start, found[start]) for start in sorted(found)]
)


@given(
    shared=timelines,
    here=own_timelines,
    changed=own_timelines,
    there=own_timelines,
    key=st.sampled_from([Key.CASELOAD_NORM, Key.PREHIRE_MONTHS]),
)
def test_each_organisation_reads_its_own_and_nothing_of_another(shared, here, changed, there, key):
    one, other = uuid4(), uuid4()
    shared = [Dated(date(2000, 1, 1), 5), *shared]
    calendar = [FIRST + n * DAY for n in range(-1, 42)]

    def read(mine: list[Dated], theirs: list[Dated], whose: object) -> list[int]:
        known = {(key, None): shared, (key, one): mine, (key, other): theirs}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(store, "_current", lambda: store._Snapshot((None, 0), known, {}))
            return [value_on(key, on, whose) for on in calendar]

    def naive(own: list[Dated]) -> list[int]:
        found = []
        for on in calendar:
            law = [dated.value for dated in shared if dated.start <= on][-1]
            mine = [dated.value for dated in own if dated.start <= on] if key == Key.CASELOAD_NORM else []
            found.append(mine[-1] if mine and mine[-1] is not None else law)
        return found

    assert read(here, there, one) == naive(here)
    assert read(here, there, other) == read(changed, there, other) == naive(there)


# --- changing ---------------------------------------------------------------------------------------------------------


def put(organisation, value, valid_from, actor=None, key=Key.CASELOAD_NORM):
    return add_value(
        key=key,
        value=value,
        valid_from=valid_from,
        source="Décision",
        status=ParameterStatus.CONFIRMED,
        organisation=organisation,
        actor=actor or (user_with(Role.ADMIN, organisation) if organisation else a_steward()),
    )


def instead(parameter, value, since, actor, reason="Faute de frappe"):
    return supersede_value(
        parameter=parameter,
        value=value,
        since=since,
        reason=reason,
        source="Décision",
        status=ParameterStatus.CONFIRMED,
        actor=actor,
    )


def read_by(*organisations, on):
    return [value_on(Key.CASELOAD_NORM, on, one.pk) for one in organisations]


@pytest.mark.django_db
def test_what_one_organisation_does_never_changes_what_another_reads(frozen):
    here, there = OrganisationFactory(), OrganisationFactory()
    on, admin = today(), user_with(Role.ADMIN, here)
    mine = put(here, 12, on - 10 * DAY, admin)
    assert read_by(here, there, on=on) == [12, 20]
    put(None, 25, on - 5 * DAY)
    assert read_by(here, there, on=on) == [12, 25]
    replacing = instead(mine, 14, on - 3 * DAY, admin)
    assert read_by(here, there, on=on - 4 * DAY) == [12, 25]
    assert read_by(here, there, on=on) == [14, 25]
    coming = put(here, None, on + DAY, admin)
    assert read_by(here, there, on=on + DAY) == [25, 25]
    withdraw_value(parameter=coming, reason="Renoncé", actor=admin)
    assert read_by(here, there, on=on + DAY) == [14, 25]
    instead(replacing, 16, on - 3 * DAY, admin)
    assert read_by(here, there, on=on) == [16, 25]
    assert installation_value(Key.CASELOAD_NORM, on) == 25


@pytest.mark.django_db
def test_nobody_changes_what_is_not_theirs(frozen):
    here, there = OrganisationFactory(), OrganisationFactory()
    admin, steward = user_with(Role.ADMIN, here), a_steward()
    law = Parameter.objects.get(key=Key.PREHIRE_MONTHS)
    theirs = put(there, 12, today() + DAY)
    for call in (
        lambda: put(None, 30, today(), admin),
        lambda: put(there, 30, today() + 2 * DAY, admin),
        lambda: put(here, 30, today(), steward),
        lambda: withdraw_value(parameter=theirs, reason="x", actor=admin),
        lambda: withdraw_value(parameter=theirs, reason="x", actor=steward),
        lambda: instead(law, 3, today(), admin),
    ):
        with pytest.raises(NotAllowed):
            call()
    with pytest.raises(ParameterRefused, match="tous les organismes") as refusal:
        put(here, 3, today(), admin, key=Key.PREHIRE_MONTHS)
    assert refusal.value.code == "of_the_installation"
    assert value_on(Key.PREHIRE_MONTHS, today(), here.pk) == 24


@pytest.mark.django_db
def test_what_is_withdrawn_or_superseded_stays_in_the_history_with_who_and_why(frozen):
    here = OrganisationFactory()
    admin, on = user_with(Role.ADMIN, here), today()
    wrong = put(here, 12, on - DAY, admin)
    right = instead(wrong, 21, on - DAY, admin)
    coming = put(here, 30, on + DAY, admin)
    withdraw_value(parameter=coming, reason="Année mal tapée", actor=admin)

    values = parameter_sheet(Key.CASELOAD_NORM, here, on).values
    assert {(value.row.value, value.state) for value in values} == {
        (12, "superseded"),
        (21, "present"),
        (30, "withdrawn"),
    }
    wrong.refresh_from_db()
    assert (wrong.valid_from, wrong.valid_to, wrong.value) == (on - DAY, None, 12), "the row keeps its past"
    assert (wrong.struck_by, wrong.struck_reason, wrong.superseded_by) == (admin, "Faute de frappe", right)
    reasons = LogEntry.objects.get_for_object(coming).filter(actor=admin).order_by("timestamp")
    assert [(entry.additional_data or {}).get("reason") for entry in reasons] == [None, "Année mal tapée"]


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_struck_without_a_reason(frozen, reason):
    here = OrganisationFactory()
    admin = user_with(Role.ADMIN, here)
    coming = put(here, 30, today() + DAY, admin)
    with pytest.raises(ParameterRefused, match="pourquoi"):
        withdraw_value(parameter=coming, reason=reason, actor=admin)
    held = Parameter.objects.get(key=Key.CASELOAD_NORM, organisation=None)
    with pytest.raises(ParameterRefused, match="pourquoi"):
        instead(held, 3, today(), a_steward(), reason)


@pytest.mark.django_db
def test_a_value_of_the_year_2062_no_longer_locks_the_others(frozen):
    """The mission's second blocker: what is dated wrongly is taken back, and a value before it can be set."""
    steward = a_steward()
    wrong = put(None, 25, today().replace(year=today().year + 4), steward)
    with pytest.raises(ParameterRefused, match="doit commencer après") as refusal:
        put(None, 22, today() + DAY, steward)
    assert "peut être retirée" in refusal.value.hint
    withdraw_value(parameter=wrong, reason="Année mal tapée", actor=steward)
    put(None, 22, today() + DAY, steward)
    assert installation_value(Key.CASELOAD_NORM, today() + DAY) == 22
