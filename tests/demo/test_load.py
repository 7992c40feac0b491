"""What is written of the pilot: every published count, out of the rows, through the report that everyone uses."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.core.management import CommandError, call_command

from accounts.models import Organisation, Project, User
from beneficiaries.enums import Origin
from beneficiaries.models import CoachingCase
from beneficiaries.rules.eligibility import cisp, house, mire
from demo.loading import PilotLoad, PilotRefused, load_pilot, pilot_loaded_as_of
from demo.loading.store import ORDER
from demo.plan.plan import build_pilot
from demo.plan.published import published_figures
from followup.models import CaseStatus, Contact
from followup.services.consistency import differences
from foundation.rules.rates import Rate
from reporting.activity import build_activity
from reporting.network import build_consolidated
from tables.engine.scope import Scope
from tables.engine.tables import Document, Table

pytestmark = pytest.mark.django_db

FIGURES = published_figures()
GENDERS = {"men": "M", "women": "F"}
ORIGINS = {"belgian_or_european": Origin.BELGIAN_OR_EUROPEAN, "foreign_or_of_foreign_origin": Origin.FOREIGN}


def table(document: Document, code: str) -> Table:
    return next(table for section in document.sections for table in section.tables if table.code == code)


def count(document: Document, code: str, row: str, column: str = "count"):
    return table(document, code).cell(row, column).value


def consolidated(as_of: date) -> Document:
    """Everything of the twelve months that end on that day."""
    organisations = tuple(Organisation.objects.order_by("name"))
    return build_activity(Scope(organisations=organisations, first=as_of - timedelta(days=364), last=as_of))


@pytest.fixture
def report(pilot: PilotLoad) -> Document:
    return consolidated(pilot.as_of)


def test_the_three_figures_of_the_summary(report: Document) -> None:
    assert count(report, "summary", "companies") == FIGURES.companies_contacted == 491
    assert count(report, "summary", "people") == FIGURES.people_coached == 311
    assert count(report, "summary", "received") == 35
    assert count(report, "summary", "contracts") == FIGURES.contracts_signed == 152
    assert count(report, "companies", "direct") == 491
    assert Decimal("1.3") <= count(report, "summary", "per_person") <= Decimal("1.6")


@pytest.mark.parametrize("dimension", ["age", "origin", "education"])
def test_profile_of_the_people(report: Document, dimension: str) -> None:
    for value, by_sex in FIGURES.profile[dimension].items():
        row = ORIGINS.get(value, value)
        for sex, expected in by_sex.items():
            assert count(report, dimension, row, GENDERS[sex]) == expected
        assert count(report, dimension, row, "total") == sum(by_sex.values())
    assert count(report, dimension, "total", "M") == FIGURES.men
    assert count(report, dimension, "total", "F") == FIGURES.women


def test_contracts_by_type_and_gender(report: Document) -> None:
    for kind, by_sex in FIGURES.contracts.items():
        for sex, expected in by_sex.items():
            assert count(report, "contracts", kind, GENDERS[sex]) == expected


def test_percentages_are_right_where_the_report_erred(report: Document) -> None:
    def share(code: str, row: str) -> Decimal | None:
        rate = count(report, code, row, "share")
        assert isinstance(rate, Rate)
        return rate.percent

    assert share("age", "under_25") == Decimal("16.1")
    assert share("contracts", "CDI") == Decimal("40.8")
    assert share("contracts", "CDD") == Decimal("59.2")


def test_people_and_firms_of_each_project(pilot: PilotLoad) -> None:
    for project in Project.objects.order_by("pk").select_related("organisation"):
        document = build_activity(
            Scope(
                organisations=(project.organisation,),
                first=pilot.as_of - timedelta(days=364),
                last=pilot.as_of,
                project=project,
            )
        )
        published = next(row for row in FIGURES.projects if row.town == project.organisation.town)
        assert count(document, "summary", "people") == published.people
        assert count(document, "summary", "companies") == published.companies
        outside = 1 if published.name == "CEPPST" else 0
        assert count(document, "summary", "contracts") == published.contracts + outside
        for sex, expected in (("M", published.men), ("F", published.women)):
            assert expected in (None, count(document, "age", "total", sex))
        for kind, expected in (("CDI", published.cdi), ("CDD", published.cdd)):
            assert expected in (None, count(document, "contracts", kind, "total"))


def test_the_network_s_table_side_by_side(pilot: PilotLoad) -> None:
    organisations = tuple(Organisation.objects.order_by("name"))
    scope = Scope(organisations=organisations, first=pilot.as_of - timedelta(days=364), last=pilot.as_of)
    document = build_consolidated(scope)
    people = {row.label: row.cells[0].value for row in table(document, "organisations").rows}
    towns = {one.name: one.town for one in organisations}
    assert people.pop("Total") == FIGURES.people_coached
    assert {towns[name]: number for name, number in people.items()} == {p.town: p.people for p in FIGURES.projects}
    assert count(document, "organisations", "total", "contracts") == FIGURES.contracts_signed


def test_hours_and_staff_hang_together(report: Document) -> None:
    for code in ("contacts_phase", "contacts", "contacts_place", "contacts_party"):
        assert count(report, code, "total") == count(report, "summary", "contacts")
        assert count(report, code, "total", "minutes") == count(report, "summary", "hours")
    outside, missed = count(report, "contacts_outside", "total"), count(report, "contacts", "no_show")
    written = Contact.objects.count()
    assert count(report, "summary", "contacts") + outside + missed <= written
    active, closed = (count(report, "cases", row) for row in ("active", "closed"))
    assert count(report, "cases", "remaining") == active - closed
    assert count(report, "exits_reason", "total", "total") == count(report, "exits_outcome", "total", "total") == closed
    assert count(report, "contracts_duration", "total", "total") == FIGURES.contracts_signed


def test_statuses_are_rebuilt_and_nothing_contradicts_the_rules(pilot: PilotLoad) -> None:
    assert CaseStatus.objects.count() == CoachingCase.objects.count() == 311 + 35
    assert not list(differences())


def test_every_row_is_valid_for_its_model(pilot: PilotLoad) -> None:
    """Bulk writing runs no check of the models: a sample of each stands up to them afterwards."""
    for model in ORDER:
        rows = list(model._default_manager.order_by("pk")[:40])
        assert rows, model
        for row in rows:
            row.full_clean(validate_unique=False, exclude=["password"])


def test_search_keys_are_those_that_saving_would_give(pilot: PilotLoad) -> None:
    for model in ORDER:
        if not any(field.name == "search_key" for field in model._meta.concrete_fields):
            continue
        row: Any = model._default_manager.order_by("pk")[7]
        before = row.search_key
        row.save()
        assert row.search_key == before


def test_eligibility_uses_the_criteria_and_evidence_of_the_engines() -> None:
    engines: dict[str, tuple[Any, ...]] = {"MIRE": mire.CRITERIA, "CISP": cisp.CRITERIA, "HOUSE": house.CRITERIA}
    for case in build_pilot().cases:
        if case.eligibility is None:
            continue
        known = {criterion.code: criterion for criterion in engines[case.eligibility.regime]}
        assert set(case.eligibility.criteria) <= set(known)
        assert case.eligibility.evidence_kind in known[case.eligibility.criteria[0]].evidence


def test_the_trail_keeps_one_entry_for_the_whole(pilot: PilotLoad) -> None:
    entries = LogEntry.objects.filter(additional_data__load="pilot-2002")
    assert entries.count() == 1
    entry = entries.get()
    assert entry.additional_data["rows"] == pilot.rows
    assert entry.actor is None
    assert pilot_loaded_as_of() == pilot.as_of


def test_accounts_have_no_password(pilot: PilotLoad) -> None:
    assert not any(user.has_usable_password() for user in User.objects.order_by("pk"))


def test_loading_twice_is_refused_and_writes_nothing(pilot: PilotLoad) -> None:
    before = Contact.objects.count()
    with pytest.raises(PilotRefused) as refusal:
        load_pilot(as_of=pilot.as_of)
    assert refusal.value.code == "already_loaded"
    with pytest.raises(CommandError, match="déjà dans cette base"):
        call_command("load_pilot")
    assert Contact.objects.count() == before
    assert Organisation.objects.count() == 6
