"""Each section of the activity report over one small organisation, told through the services."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.enums import Role
from beneficiaries.enums import ObstacleKind
from beneficiaries.models import CoachingCase
from beneficiaries.services.path import add_obstacle, change_obstacle, check_eligibility
from beneficiaries.services.phases import exit_case
from employers.services.companies import Visit, record_prospection
from employers.services.vacancies import close_vacancy
from followup.services.sessions import Mark, call_off_session, record_attendance
from foundation.clock import today
from foundation.rules.rates import Rate
from placements.rules.amendments import Change
from placements.services.amendments import Stated, amend
from placements.services.hiring import FollowUpTerms, Terms, end_employment, hire
from placements.services.matching import propose_match, record_person_decision
from reporting.activity import build_activity
from reporting.activity.people import profile_tables
from reporting.activity.selectors.rows import CaseRow
from reporting.network import build_consolidated
from tables.engine.scope import Scope
from tables.engine.tables import Document, Kind
from tables.renderers.charts import chart_of
from tables.renderers.csv import report_csv
from tests.factories import stories
from tests.factories.accounts import MembershipFactory, OrganisationFactory, ProjectFactory, user_with

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


@pytest.fixture
def coach(frozen):
    frozen("2025-12-31")
    return stories.a_coach()


def report(owner, first=FIRST, last=LAST, build=build_activity, **narrowing) -> Document:
    return build(Scope(organisations=(owner.current_organisation,), first=first, last=last, **narrowing))


def column(document: Document, table: str, key: str = "count") -> dict[str, object]:
    """A column of a table, by row."""
    found = document.table(table)
    return {row.key: found.cell(row.key, key).value for row in found.rows}


def told(values: dict[str, object]) -> dict[str, object]:
    """What is not zero."""
    return {key: value for key, value in values.items() if value}


def test_cases_by_movement_phase_and_exit(coach) -> None:
    before = stories.in_prehire(coach, since=date(2024, 11, 4))
    left = stories.in_prehire(coach, since=date(2025, 2, 3), gender="M")
    stories.hired(left, starts_on=date(2025, 3, 3))
    exit_case(case=left, on=date(2025, 12, 1), exit_reason="CONSOLIDATED", exit_outcome="EMPLOYED", actor=coach)
    stories.a_case(coach, opened_on=date(2025, 12, 31))
    gone = stories.in_prehire(coach, since=date(2024, 2, 5))
    exit_case(case=gone, on=date(2024, 12, 31), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach)
    document = report(coach)
    assert column(document, "cases") == {"before": 1, "opened": 2, "active": 3, "closed": 1, "remaining": 2}
    assert column(document, "phases", "entered") == {
        "PREPARATORY": 2,
        "PRE_HIRE": 1,
        "HIRE": 1,
        "FOLLOW_UP": 1,
        "total": 2,
    }
    assert told(column(document, "phases", "left")) == {"FOLLOW_UP": 1, "total": 1}
    assert told(column(document, "phases", "standing")) == {"PREPARATORY": 1, "PRE_HIRE": 1, "total": 2}
    assert column(document, "exits_reason", "M") == {"CONSOLIDATED": 1, "total": 1}
    assert column(document, "exits_outcome", "total") == {"EMPLOYED": 1, "total": 1}
    assert document.table("cases").cell("before", "count").refs == (before.pk,)
    # Seen from the eve of the exit, the case is still open.
    eve = report(coach, last=date(2025, 11, 30))
    assert (column(eve, "cases")["closed"], column(eve, "phases", "standing")["FOLLOW_UP"]) == (0, 1)


def test_criteria_and_derogations_are_counted_apart(coach) -> None:
    stories.in_prehire(coach, since=date(2025, 2, 3))
    stories.in_prehire(coach, since=date(2024, 6, 3))
    odd = stories.a_case(coach, opened_on=date(2025, 3, 3))
    check_eligibility(case=odd, statement=stories.derogation_on(odd, date(2025, 3, 3)), actor=coach)
    stories.a_case(coach, opened_on=date(2025, 3, 3))
    document = report(coach)
    assert told(column(document, "eligibility", "active")) == {
        "mire-no_cess": 2,
        "criteria": 2,
        "derogation": 1,
        "over_quota": 1,
        "unchecked": 1,
        "total": 4,
    }
    assert told(column(document, "eligibility", "entered")) == {"mire-no_cess": 1, "criteria": 1, "total": 1}


def test_who_was_only_received_stands_apart_and_the_drivers_count_who_was_accompanied(coach) -> None:
    at_work = stories.in_prehire(coach, since=date(2025, 2, 3))
    stories.hired(at_work, starts_on=date(2025, 3, 3))
    earlier = stories.in_prehire(coach, since=date(2024, 11, 4))
    received = stories.a_case(coach, opened_on=date(2025, 3, 3))
    document = report(coach)
    summary, drivers = document.table("summary"), document.table("drivers")
    assert set(summary.cell("people", "count").refs) == {at_work.pk, earlier.pk}
    assert summary.cell("received", "count").refs == (received.pk,)
    assert document.table("insertion").cell("placed", "among").value == 2
    assert set(drivers.cell("volume", "count").refs) == {at_work.pk, earlier.pk}
    assert (drivers.cell("insertion", "count").refs, drivers.cell("insertion", "among").value) == ((at_work.pk,), 2)
    assert (drivers.cell("entered", "count").value, drivers.cell("entered", "among").value) == (1, 1)
    assert [row.label.partition("(")[2] for row in drivers.rows] == [
        "objectif\u00a0: 20 au moins)",
        "objectif\u00a0: 50\u00a0% au moins)",
        "objectif\u00a0: 50\u00a0% au moins)",
    ]


def test_a_contract_is_one_of_employment_and_training_stands_apart(coach) -> None:
    for kind, last in (("STAGE", date(2025, 4, 30)), ("ART_60", None), ("FREELANCE", None)):
        case = stories.in_prehire(coach, since=date(2025, 2, 3))
        stories.hired(case, starts_on=date(2025, 3, 3), ends_on=last, contract_type=kind)
    # It ran when the case was opened: where the person came from, no contract of ours.
    before = stories.in_prehire(coach, since=date(2025, 2, 3))
    stories.hired(before, starts_on=date(2025, 2, 2), contract_type="ART_60")
    document = report(coach)
    assert told(column(document, "contracts", "total")) == {"ART_60": 1, "total": 1}
    assert told(column(document, "apart", "total")) == {"STAGE": 1, "FREELANCE": 1, "total": 2}
    assert document.table("summary").cell("contracts", "count").value == 1
    assert document.table("insertion").cell("placed", "count").value == 1
    scope = Scope(organisations=(coach.current_organisation,), first=date(2025, 1, 1), last=date(2025, 12, 31))
    # One contract is told by nobody over the network, in whichever table it stands.
    assert build_consolidated(scope).table("summary").cell("contracts", "count").value is None


def test_communes_and_time_without_work(coach) -> None:
    stories.in_prehire(coach, since=date(2025, 2, 3), town="Liège", jobseeker_since=date(2023, 2, 3))
    stories.in_prehire(coach, since=date(2025, 2, 3), town="LIEGE ", jobseeker_since=date(2023, 2, 4))
    stories.in_prehire(coach, since=date(2025, 2, 3), town="Total")
    stories.in_prehire(coach, since=date(2025, 2, 3))
    document = report(coach)
    assert column(document, "commune", "total") == {"commune-liege": 2, "commune-total": 1, "unknown": 1, "total": 4}
    assert told(column(document, "unemployment", "total")) == {
        "12_to_23": 1,
        "24_to_35": 1,
        "unknown": 2,
        "total": 4,
    }
    assert told(column(document, "referrer", "total")) == {"unknown": 4, "total": 4}
    labels = [row.label for row in document.table("commune").rows]
    assert labels[0] in ("Liège", "LIEGE")


def test_a_commune_merged_in_2025_is_one_row(coach) -> None:
    for code, town in (("6600", "Bastogne"), ("6687", "Bertogne"), ("6687", "Bastogne (Bertogne)")):
        stories.in_prehire(coach, since=date(2025, 2, 3), postal_code=code, town=town)

    document = report(coach)

    assert column(document, "commune", "total") == {"commune-bastogne": 3, "total": 3}
    assert next(row.label for row in document.table("commune").rows) == "Bastogne"


def test_the_rarest_communes_are_told_together(coach) -> None:
    opened = {"organisation_id": uuid4(), "opened_on": date(2025, 2, 3), "closed_on": None, "jobseeker_since": None}
    known = {"gender": "F", "age": 40, "origin": "", "education": "CESI", "referrer": ""}
    people = [
        CaseRow(case_id=uuid4(), beneficiary_id=uuid4(), town=f"Village {number:02d}", **known, **opened)
        for number in range(17)
    ]
    scope = Scope(organisations=(coach.current_organisation,), first=date(2025, 1, 1), last=date(2025, 12, 31))
    (table,) = [one for one in profile_tables(people, scope) if one.code == "commune"]
    communes = {row.key: row.cells[-2].value for row in table.rows}
    assert (len(communes), communes["elsewhere"], communes["total"]) == (17, 2, 17)


def test_hours_by_phase_channel_and_place_leave_out_what_the_mandate_does_not_cover(coach) -> None:
    case = stories.in_prehire(coach, since=date(2025, 2, 3), opened_on=date(2025, 1, 20))
    stories.a_contact(case, on=date(2025, 1, 21), minutes=60, place="OFFICE")
    stories.a_contact(case, on=date(2025, 2, 3), minutes=30, channel="PHONE", place="REMOTE")
    stories.a_contact(case, on=date(2025, 2, 10), minutes=45, party="EMPLOYER", company=stories.a_company(coach))
    stories.a_contact(case, on=date(2025, 2, 17), minutes=40, outcome="NO_SHOW", summary="")
    exit_case(case=case, on=date(2025, 3, 3), exit_reason="WITHDRAWAL", exit_outcome="JOB_SEEKING", actor=coach)
    kept = stories.a_contact(CoachingCase.objects.get(pk=case.pk), on=date(2025, 3, 3), minutes=20)
    expired = stories.in_prehire(coach, since=date(2022, 6, 1))
    late = stories.a_contact(expired, on=date(2025, 6, 2), minutes=15)
    document = report(coach)
    assert column(document, "contacts_phase", "minutes") == {"PREPARATORY": 60, "PRE_HIRE": 75, "total": 135}
    assert column(document, "contacts") == {"IN_PERSON": 2, "PHONE": 1, "total": 3, "no_show": 1}
    assert column(document, "contacts", "minutes")["no_show"] == 0
    assert column(document, "contacts_place") == {"OFFICE": 1, "REMOTE": 1, "unknown": 1, "total": 3}
    assert column(document, "contacts_party", "minutes") == {"BENEFICIARY": 90, "EMPLOYER": 45, "total": 135}
    assert column(document, "contacts_outside", "minutes") == {"after_exit": 20, "after_clock": 15, "total": 35}
    outside = document.table("contacts_outside")
    assert outside.cell("after_exit", "count").refs == (kept.pk,)
    assert outside.cell("total", "count").refs == (kept.pk, late.pk)
    assert column(document, "summary")["hours"] == 135
    written = report_csv(document).decode("utf-8-sig")
    assert "Heures de ces contacts (minutes);135" in written
    assert "Phase;Contacts;Durée (minutes);" in written
    assert column(document, "companies", "contacts") == {"direct": 1, "written": 0, "total": 1}


def test_sessions_and_who_came(coach) -> None:
    cases = [stories.in_prehire(coach, since=date(2025, 2, 3)) for _number in range(2)]
    session = stories.a_session(coach, on=date(2025, 12, 1), minutes=120)
    places = [stories.registered(session, case) for case in cases]
    call_off_session(session=stories.a_session(coach, on=date(2025, 12, 2)), reason="Salle prise", actor=coach)
    marks = {places[0].pk: Mark("PRESENT", 90), places[1].pk: Mark("ABSENT")}
    record_attendance(session=session, marks=marks, actor=coach)
    document = report(coach)
    table = document.table("sessions")
    values = {one.key: table.cell("total", one.key).value for one in table.columns}
    assert values == {
        "sessions": 1,
        "people": 1,
        "presences": 1,
        "absences": 1,
        "minutes": 120,
        "person_minutes": 90,
    }
    assert table.cell("total", "people").refs == (cases[0].pk,)
    project = ProjectFactory(organisation=coach.current_organisation)
    assert report(coach, project=project).table("sessions").cell("total", "sessions").value == 0


def test_jobs_their_objectivation_and_what_became_of_proposals(coach) -> None:
    case, other = (stories.in_prehire(coach, since=date(2025, 2, 3)) for _number in range(2))
    vacancy = stories.a_vacancy(coach, opened_on=date(2025, 2, 3), positions=2)
    withdrawn = stories.a_vacancy(coach, opened_on=date(2024, 6, 3))
    close_vacancy(vacancy=withdrawn, state="WITHDRAWN", on=date(2025, 5, 5), actor=coach)
    match = stories.an_accepted_match(case, vacancy, on=date(2025, 4, 7))
    hire(
        case=case,
        company=vacancy.company,
        match=match,
        terms=Terms(contract_type="CDI", job_title="Aide", starts_on=date(2025, 4, 14), weekly_hours=Decimal(20)),
        followup=FollowUpTerms(mode="AGREED", agreed_on=date(2025, 4, 14)),
        actor=coach,
    )
    refused = propose_match(
        case=other, vacancy=vacancy, on=date(2025, 4, 7), rationale="Près de chez elle.", actor=coach
    )
    record_person_decision(match=refused, decision="REFUSED", on=date(2025, 4, 8), reason="Trop loin.", actor=coach)
    visit = Visit(on=date(2025, 2, 3), channel="VISIT", minutes=60, result="VACANCY")
    record_prospection(company=vacancy.company, visit=visit, actor=coach)
    document = report(coach)
    assert column(document, "vacancies") == {"announced": 1, "filled": 0, "withdrawn": 1, "open": 1, "total": 2}
    assert column(document, "vacancies", "positions")["announced"] == 2
    rate = document.table("objectivation").cell("requirements", "rate").value
    assert isinstance(rate, Rate)
    assert (rate.numerator, rate.denominator) == (2, 2)
    assert told(column(document, "matches")) == {"person_refused": 1, "hired": 1, "total": 2}
    assert document.table("matches").cell("hired", "count").refs == (match.pk,)
    assert column(document, "prospection", "minutes") == {"VISIT": 60, "total": 60}
    assert told(column(document, "contracts_time", "total")) == {"half_or_more": 1, "total": 1}
    assert told(column(document, "contracts_origin", "total")) == {"OURS": 1, "total": 1}
    # The scope of another coach narrows jobs to those proposed to their people.
    assert column(report(coach, coach=stories.a_coach(coach.current_organisation)), "vacancies")["total"] == 0


def test_contracts_by_duration_sector_and_aid_and_how_long_jobs_last(coach) -> None:
    case = stories.in_prehire(coach, since=date(2025, 2, 3))
    firm = stories.a_company(coach, sector="F")
    aid = stories.an_aid(name="Coup de pouce", ends_on=date(2025, 11, 30))
    stories.an_aid(code=aid.code, name="Coup de main", starts_on=date(2025, 12, 1))
    job = hire(
        case=case,
        company=firm,
        terms=Terms(
            contract_type="CDD",
            job_title="Maçon·ne",
            starts_on=date(2025, 3, 3),
            ends_on=date(2025, 6, 2),
            aid=aid,
        ),
        followup=FollowUpTerms(mode="AGREED", agreed_on=date(2025, 3, 3)),
        actor=coach,
    )
    end_employment(employment=job, ended_on=date(2025, 6, 2), reason="TERM", actor=coach)
    late = stories.hired(case, starts_on=date(2025, 12, 15))
    type(late).objects.filter(pk=late.pk).update(aid=type(aid).objects.get(name="Coup de main"))
    for day, hours in ((date(2025, 6, 1), 19), (date(2026, 1, 5), 38)):
        told_then = Stated(change=Change(effective_on=day, weekly_hours=Decimal(hours)), learnt_on=today())
        amend(employment=late if day.year == 2026 else job, stated=told_then, actor=coach)
    document = report(coach)
    # The hours that the contract said by the last day of the period: an amendment of January tells nothing of 2025.
    assert told(column(document, "contracts_time", "total")) == {"half_or_more": 1, "unknown": 1, "total": 2}
    assert told(column(document, "contracts_origin", "total")) == {"UNKNOWN": 2, "total": 2}
    assert told(column(document, "contracts_followup", "total")) == {"AGREED": 2, "total": 2}
    assert told(column(document, "contracts_duration", "total")) == {"3_to_5": 1, "open_ended": 1, "total": 2}
    assert told(column(document, "contracts_sector", "total")) == {"F": 1, "unknown": 1, "total": 2}
    assert column(document, "contracts_aid", "total") == {aid.code: 2, "total": 2}
    assert "Coup de main" in [row.label for row in document.table("contracts_aid").rows]
    assert "à confirmer auprès du Forem" in document.table("contracts_aid").note
    assert column(document, "retention", "observed") == {"after_1": 1, "after_3": 1, "after_6": 1}
    assert column(document, "retention", "same") == {"after_1": 1, "after_3": 0, "after_6": 0}
    rate = document.table("retention").cell("after_1", "same_rate").value
    assert isinstance(rate, Rate)
    assert (rate.numerator, rate.denominator, rate.percent) == (1, 1, None)
    assert late.pk not in document.table("retention").cell("after_1", "observed").refs


def test_obstacles_raised_lifted_and_still_there(coach) -> None:
    case = stories.in_prehire(coach, since=date(2025, 2, 3), opened_on=date(2024, 12, 2))
    old = add_obstacle(case=case, kind=ObstacleKind.MOBILITY, identified_on=date(2024, 12, 2), actor=coach)
    change_obstacle(obstacle=old, state="LIFTED", on=date(2025, 5, 5), actor=coach)
    debt = add_obstacle(case=case, kind=ObstacleKind.DEBT, identified_on=date(2025, 3, 3), actor=coach)
    document = report(coach)
    assert column(document, "obstacles", "raised") == {"MOBILITY": 0, "DEBT": 1, "total": 1}
    assert column(document, "obstacles", "lifted") == {"MOBILITY": 1, "DEBT": 0, "total": 1}
    assert column(document, "obstacles", "standing") == {"MOBILITY": 0, "DEBT": 1, "total": 1}
    assert document.table("obstacles").cell("DEBT", "raised").refs == (debt.pk,)
    assert document.table("obstacles").cell("total", "people").refs == (case.pk,)


def test_the_work_force_and_its_load(coach) -> None:
    here = coach.current_organisation
    MembershipFactory(
        user=user_with(Role.ADMIN, here), organisation=here, role=Role.JOBCOACH, fte="0.50", starts_on=date(2020, 1, 1)
    )
    type(coach.memberships.get()).objects.filter(user=coach).update(starts_on=date(2020, 1, 1), fte=1)
    for _number in range(3):
        stories.in_prehire(coach, since=date(2024, 6, 3))
    document = report(coach)
    assert document.table("staff").cell("JOBCOACH", "fte").value == Decimal("1.50")
    assert column(document, "caseload", "value") == {
        "open": Decimal("3.0"),
        "fte": Decimal("1.50"),
        "load": Decimal("2.0"),
        "norm": 20,
        "gap": Decimal("-18.0"),
        "supported": Decimal("2.0"),
    }
    project = ProjectFactory(organisation=here)
    assert column(report(coach, project=project), "caseload", "value")["load"] is None


def test_the_network_sees_its_organisations_side_by_side_and_no_row(coach) -> None:
    other = stories.a_coach(OrganisationFactory())
    for one, people in ((coach, 2), (other, 5)):
        cases = [stories.in_prehire(one, since=date(2025, 2, 3)) for _number in range(people)]
        stories.hired(cases[0], starts_on=date(2025, 3, 3))
        stories.a_contact(cases[0], on=date(2025, 2, 10), minutes=60)
    both = (coach.current_organisation, other.current_organisation)
    document = build_consolidated(Scope(organisations=both, first=FIRST, last=LAST))
    table = document.table("organisations")
    # Two people here are below five, and the five over there would give them back; of the contracts, the total too.
    for organisation in both:
        cells = {one.key: table.cell(str(organisation.pk), one.key).value for one in table.columns}
        assert {cells[key] for key in ("people", "contracts", "placed", "durable", "durable_rate")} == {None}
        assert cells["hours"] == 60
    assert table.cell("total", "contracts").value is None
    assert table.cell("total", "people").value == 7
    cells = [cell for one in document.tables() for row in one.rows for cell in row.cells]
    assert not any(cell.opens for cell in cells)
    # Nowhere in the report, and no rate or mean that rests on such a count.
    assert not [cell for cell in cells if cell.kind is Kind.COUNT and cell.value in (1, 2, 3, 4)]
    rates = [cell.value for cell in cells if isinstance(cell.value, Rate)]
    assert not [rate for rate in rates if 0 < rate.numerator < 5 or 0 < rate.denominator < 5]
    assert document.table("summary").cell("people", "count").value == 7
    assert "Un tiret" in document.table("summary").note


def test_a_chart_draws_what_the_total_adds_up_and_nothing_else(coach) -> None:
    case = stories.in_prehire(coach, since=date(2025, 2, 3))
    assert chart_of(report(coach).table("contacts")) is None
    stories.a_contact(case, on=date(2025, 2, 10), minutes=30)
    stories.a_contact(case, on=date(2025, 2, 11), minutes=60, channel="PHONE")
    stories.a_contact(case, on=date(2025, 2, 17), outcome="NO_SHOW", minutes=0, summary="")
    document = report(coach)
    chart = chart_of(document.table("contacts"))
    assert chart is not None
    assert [(bar.label, bar.value) for bar in chart.bars] == [("En personne", 30), ("Téléphone", 60)]
    assert chart_of(document.table("summary")) is None


def test_narrowed_by_coach_the_contacts_are_those_of_who_held_them(coach) -> None:
    colleague = stories.a_coach(coach.current_organisation)
    case = stories.in_prehire(coach, since=date(2025, 2, 3))
    stories.a_contact(case, on=date(2025, 2, 10), minutes=30)
    stood_in = stories.a_contact(case, on=date(2025, 2, 17), minutes=60)
    type(stood_in).objects.filter(pk=stood_in.pk).update(coach=colleague)
    for one, people, minutes in ((coach, 1, 30), (colleague, 0, 60)):
        document = report(coach, coach=one)
        assert column(document, "summary")["people"] == people
        assert column(document, "contacts", "minutes")["total"] == minutes
        assert one.get_full_name() in document.table("contacts").note
    assert column(report(coach), "contacts", "minutes")["total"] == 90
    assert "quel que soit le dossier" not in report(coach).table("contacts").note


# Numbers that count no row: means, places, equivalents and norms.
COUNTS_NO_ROW = {
    ("drivers", "volume"),
    ("summary", "per_person"),
    ("summary", "hours"),
    ("objectivation", "requirements"),
}
TABLES_OF_NORMS = {"staff", "caseload"}


def test_each_figure_leads_to_rows(coach) -> None:
    case = stories.in_prehire(coach, since=date(2025, 2, 3))
    stories.hired(case, starts_on=date(2025, 3, 3))
    stories.a_contact(case, on=date(2025, 2, 10), minutes=60)
    visit = Visit(on=date(2025, 4, 1), channel="VISIT", minutes=45, result="VACANCY")
    record_prospection(company=stories.a_company(coach), visit=visit, actor=coach)
    closed = [
        f"{table.code} {row.key} {column.key}"
        for table in report(coach).tables()
        if table.code not in TABLES_OF_NORMS
        for row in table.rows
        if (table.code, row.key) not in COUNTS_NO_ROW
        for column, cell in zip(table.columns, row.cells, strict=True)
        if (cell.value.numerator if isinstance(cell.value, Rate) else cell.value)
        if not table.behind(row.key, column.key).opens
    ]
    assert closed == []


def test_contracts_by_follow_up_and_by_place_work_abroad_apart(coach) -> None:
    today_in = {"starts_on": date(2025, 3, 3)}
    for mode, town in (("REFUSED", "Seraing"), ("EMPLOYER", "Seraing"), ("DISCREET", "")):
        firm = stories.a_company(coach, postal_code="4100" if town else "", town=town)
        stories.hired(stories.in_prehire(coach, since=date(2025, 2, 3)), company=firm, mode=mode, **today_in)
    abroad = stories.a_company(coach)
    type(abroad).objects.filter(pk=abroad.pk).update(country="FR", postal_code="59000", town="Lille", bce_number="")
    later = stories.hired(stories.in_prehire(coach, since=date(2025, 2, 3)), company=abroad, **today_in)
    later.followup_agreement.accepted_from = date(2025, 4, 1)
    later.followup_agreement.save()
    document = report(coach)
    followed = told(column(document, "contracts_followup", "total"))
    assert followed == {"REFUSED": 1, "EMPLOYER": 1, "DISCREET": 1, "ACCEPTED": 1, "total": 4}
    places = told(column(document, "contracts_place", "total"))
    assert places == {"commune-seraing": 2, "unknown": 1, "abroad": 1, "total": 4}
