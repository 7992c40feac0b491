"""Time sheets: what a coach adds, what a signature freezes, who countersigns and who reopens."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from auditlog.models import LogEntry
from django.db import DatabaseError, transaction

from accounts.enums import Role
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import exit_case
from employers.services.companies import Visit, correct_prospection
from followup.rules.mandate import read_lapses
from followup.selectors.timeline import timeline_of
from followup.services.consistency import differences
from followup.services.contacts import ContactStatement
from followup.services.corrections import correct_contact
from foundation.errors import DomainError
from foundation.persistence import InvalidFact
from foundation.workdays import working_days
from inspection.file.facts import page_facts
from placements.services.clocks import grant_extension
from placements.services.hiring import end_employment
from reporting.activity.selectors.period import read_activity
from reporting.sending.selectors import gaps_by_person
from reporting.sending.services import perform_run, request_run, submit_run
from tables.engine.scope import Scope
from tables.engine.tables import Subject
from tests.factories import stories
from tests.factories.accounts import ProjectFactory, SiteFactory, user_with
from timesheets.models import SheetSignature, TimeEntry, TimeSheet
from timesheets.reports.hours import HOURS, build_hours, sheets_to_sign
from timesheets.rules.sheets import Apart, Change, Kind, Line, thawed
from timesheets.selectors.page import moved_words
from timesheets.selectors.sheets import SheetState, sheet_of, team_sheets, work_of
from timesheets.services import (
    EntryStatement,
    SheetRefused,
    add_entry,
    correct_entry,
    countersign_sheet,
    remove_entry,
    reopen_sheet,
    sign_sheet,
)

pytestmark = pytest.mark.django_db

FEBRUARY, MARCH = date(2025, 2, 1), date(2025, 3, 1)
MONDAY = date(2025, 2, 24)


@pytest.fixture
def coach(frozen):
    return stories.a_coach()


@pytest.fixture
def coordinator(coach):
    return user_with(Role.COORDINATOR, coach.current_organisation)


def sheet(coach, month=FEBRUARY):
    return sheet_of(coach, coach.current_organisation, month)


def signed(coach, month=FEBRUARY) -> SheetSignature:
    return sign_sheet(month=month, typed_name=coach.get_full_name(), actor=coach)


def refusal(act, code: str, field: str | None = None, **given) -> SheetRefused:
    with pytest.raises(SheetRefused) as caught:
        act(**given)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert caught.value.message.endswith(".")
    return caught.value


def entry_on(on, **facts) -> EntryStatement:
    return EntryStatement(**({"on": on, "minutes": 60, "activity": "ADMIN"} | facts))


# --- what a sheet counts ----------------------------------------------------------------------------------------------


def test_a_sheet_counts_contacts_sessions_and_entries_by_project(coach) -> None:
    project = ProjectFactory(organisation=coach.current_organisation, starts_on=date(2025, 1, 1), ends_on=None)
    case = stories.in_prehire(coach, since=date(2025, 1, 8))
    stories.belonging(case, project=project)
    stories.a_contact(case, on=MONDAY, minutes=50)
    stories.a_contact(case, on=MONDAY, outcome="NO_SHOW", minutes=0, summary="")
    stories.a_contact(stories.in_prehire(coach, since=date(2025, 1, 8)), on=MONDAY, minutes=20)
    stories.a_session(coach, on=MONDAY, minutes=120)
    stories.an_entry(coach, on=MONDAY, minutes=30, project=project)
    stories.a_visit(coach, on=MONDAY, minutes=25, project=project)
    stories.a_visit(coach, on=MONDAY, minutes=15)
    # A colleague's work on one's own case is the colleague's.
    stories.a_session(stories.a_coach(coach.current_organisation), on=MONDAY)
    found = sheet(coach)
    minutes = found.minutes
    assert (minutes.contact, minutes.session, minutes.prospection, minutes.other) == (70, 120, 40, 30)
    by_project = {}
    for line in found.lines:
        by_project[line.project] = by_project.get(line.project, 0) + line.minutes
    assert by_project == {project.code: 105, "": 155}
    assert sheet(coach, MARCH).lines == ()


def test_visits_are_those_of_the_scope_and_of_no_site(coach) -> None:
    project = ProjectFactory(organisation=coach.current_organisation, starts_on=date(2025, 1, 1), ends_on=None)
    mine, none = stories.a_visit(coach, on=MONDAY, project=project), stories.a_visit(coach, on=MONDAY)
    theirs = stories.a_visit(stories.a_coach(coach.current_organisation), on=MONDAY)
    stories.a_visit(stories.a_coach(), on=MONDAY)
    here = {"organisations": (coach.current_organisation,)}

    def refs(first=MONDAY, last=MONDAY, **narrowing):
        lines = (work.line for work in work_of(Scope(first=first, last=last, **here, **narrowing)))
        return {UUID(line.ref) for line in lines if line.kind is Kind.PROSPECTION}

    assert refs() == {mine.pk, none.pk, theirs.pk}
    assert refs(coach=coach) == {mine.pk, none.pk}
    assert refs(project=project) == {mine.pk}
    assert refs(site=SiteFactory(organisation=coach.current_organisation)) == set()
    assert refs(last=MONDAY - timedelta(days=1), first=FEBRUARY) == refs(MONDAY + timedelta(days=1), MARCH) == set()


def test_a_visit_that_changes_project_after_the_signature_is_what_moved(coach, frozen) -> None:
    project = ProjectFactory(
        organisation=coach.current_organisation, code="FSE", starts_on=date(2025, 1, 1), ends_on=None
    )
    visit = stories.a_visit(coach, on=MONDAY, minutes=30)
    frozen("2025-03-03")
    signature = signed(coach)
    assert [(line.kind, line.project) for line in thawed(signature.lines)] == [(Kind.PROSPECTION, "")]
    right = Visit(on=MONDAY, channel="VISIT", minutes=30, result="INTERESTED", project=project)
    correct_prospection(prospection=visit, visit=right, reason="Le projet", actor=coach)
    assert [moved_words(change) for change in sheet(coach).moved] == ["aucun projet, à présent FSE"]


def test_what_was_signed_before_sheets_held_visits_lacks_none(coach) -> None:
    stories.a_visit(coach, on=MONDAY)
    stories.a_contact(stories.in_prehire(coach, since=date(2025, 1, 8)), on=MONDAY)
    before = SheetSignature(lines=[], with_visits=False)
    found = replace(sheet(coach), signature=before)
    assert [change.line.kind for change in found.moved] == [Kind.CONTACT]
    before.with_visits = True
    assert len(replace(found, signature=before).moved) == 2


def test_hours_outside_the_mandate_and_outside_the_project_stand_apart(coach) -> None:
    over = ProjectFactory(
        organisation=coach.current_organisation, starts_on=date(2024, 1, 1), ends_on=MONDAY - timedelta(days=1)
    )
    late = stories.in_prehire(coach, since=date(2023, 2, 24))
    stories.a_contact(late, on=MONDAY - timedelta(days=3), minutes=10)
    stories.a_contact(late, on=MONDAY, minutes=15)
    gone = stories.in_prehire(coach, since=date(2025, 1, 8))
    exit_case(case=gone, on=MONDAY, exit_reason="WITHDRAWAL", exit_outcome="JOB_SEEKING", actor=coach)
    stories.a_contact(gone, on=MONDAY, minutes=25)
    ended = stories.in_prehire(coach, since=date(2025, 1, 8))
    stories.belonging(ended, project=over)
    stories.a_contact(ended, on=MONDAY, minutes=35)
    found = sheet(coach)
    assert {line.minutes: line.apart for line in found.apart} == {
        15: Apart.CLOCK_USED_UP,
        25: Apart.AFTER_EXIT,
        35: Apart.PROJECT_DATES,
    }
    assert found.minutes.total == 10
    assert found.apart_minutes == 75


def test_a_later_extension_does_not_cover_what_took_place_before_it(coach, frozen) -> None:
    case = stories.in_prehire(coach, since=date(2023, 2, 6))
    late = stories.a_contact(case, on=MONDAY - timedelta(days=4), minutes=15)
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)
    grant_extension(case=case, months=3, reason="Formation en cours", document="Accord", on=MONDAY, actor=coordinator)
    covered = stories.a_contact(case, on=MONDAY, minutes=20)
    assert {line.ref: line.apart for line in sheet(coach).lines} == {
        str(late.pk): Apart.CLOCK_USED_UP,
        str(covered.pk): Apart.NO,
    }
    found = CoachingCase.objects.select_related("status").get(pk=case.pk)
    lapses = read_lapses(found.status.prehire_lapses)
    events = timeline_of(found, found.status.prehire_deadline, coach, MONDAY, lapses=lapses).items("contacts")
    assert [bool(event.badge) for event in events] == [False, True]
    month = {"first": FEBRUARY, "last": MONDAY}
    work = read_activity(Scope(organisations=(coach.current_organisation,), **month)).work
    assert (work.after_clock.minutes, work.after_exit.minutes) == (15, 0)
    assert [one.outside for one in page_facts(found, MONDAY).contacts] == [True, False]
    assert list(differences()) == []


# --- filling in -------------------------------------------------------------------------------------------------------


def test_an_entry_is_added_corrected_and_removed_and_the_trail_knows(coach) -> None:
    entry = stories.an_entry(coach, on=MONDAY, words=" Courriers ")
    key = str(entry.pk)
    assert (entry.words, entry.sheet.month, entry.sheet.coach) == ("Courriers", FEBRUARY, coach)
    correct_entry(entry=entry, statement=entry_on(date(2025, 2, 25), minutes=90, activity="TRAVEL"), actor=coach)
    (line,) = sheet(coach).lines
    assert (line.kind, line.on, line.minutes, line.activity) == (Kind.OTHER, date(2025, 2, 25), 90, "TRAVEL")
    remove_entry(entry=entry, actor=coach)
    assert sheet(coach).lines == ()
    actions = LogEntry.objects.filter(object_pk=key).order_by("timestamp").values_list("action", flat=True)
    assert list(actions) == [LogEntry.Action.CREATE, LogEntry.Action.UPDATE, LogEntry.Action.DELETE]


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2025, 2, 28), "month"),
        (date(2025, 3, 1), None),
        (date(2025, 3, 3), None),
        (date(2025, 3, 4), "future"),
        (date(2025, 4, 1), "month"),
    ],
)
def test_an_entry_is_of_the_month_and_not_of_tomorrow(coach, on, code) -> None:
    if code is None:
        add_entry(month=MARCH, statement=entry_on(on), actor=coach)
        return
    refusal(add_entry, code, "on", month=MARCH, statement=entry_on(on), actor=coach)
    assert not TimeEntry.objects.exists()


@pytest.mark.parametrize(("minutes", "fits"), [(24 * 60 - 45 - 120, True), (24 * 60 - 45 - 120 + 1, False)])
def test_a_day_has_twenty_four_hours_contacts_and_sessions_included(coach, minutes, fits) -> None:
    stories.a_contact(stories.in_prehire(coach, since=date(2025, 1, 8)), on=MONDAY, minutes=45)
    stories.a_session(coach, on=MONDAY, minutes=120)
    statement = entry_on(MONDAY, minutes=minutes)
    if not fits:
        assert "2 h 45" in refusal(
            add_entry, "day_full", "minutes", month=FEBRUARY, statement=statement, actor=coach
        ).message.replace("\u00a0", " ")
        return
    entry = add_entry(month=FEBRUARY, statement=statement, actor=coach)
    # Corrected, it does not count against itself.
    correct_entry(entry=entry, statement=statement, actor=coach)


def test_an_entry_names_a_project_that_runs_that_day_here(coach) -> None:
    project = ProjectFactory(organisation=coach.current_organisation, starts_on=MONDAY, ends_on=MONDAY)
    add_entry(month=FEBRUARY, statement=entry_on(MONDAY, project=project), actor=coach)
    for day in (MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)):
        statement = entry_on(day, project=project)
        refusal(add_entry, "project_dates", "project", month=FEBRUARY, statement=statement, actor=coach)
    elsewhere = ProjectFactory(starts_on=MONDAY, ends_on=None)
    statement = entry_on(MONDAY, project=elsewhere)
    refusal(add_entry, "project", "project", month=FEBRUARY, statement=statement, actor=coach)


@pytest.mark.parametrize("facts", [{"minutes": 0}, {"activity": "SIESTE"}, {"words": "x" * 201}])
def test_an_entry_that_makes_no_sense_is_refused(coach, facts) -> None:
    with pytest.raises(InvalidFact):
        add_entry(month=FEBRUARY, statement=entry_on(MONDAY, **facts), actor=coach)


def test_an_entry_sent_twice_is_kept_once(coach) -> None:
    key = stories.an_entry(coach).pk
    sent = {"month": FEBRUARY, "statement": entry_on(MONDAY), "actor": coach, "submission_id": key}
    assert add_entry(**sent) == add_entry(**sent)
    assert TimeEntry.objects.filter(on=MONDAY).count() == 1


def test_nobody_fills_in_the_sheet_of_somebody_else(coach, coordinator) -> None:
    entry = stories.an_entry(coach, on=MONDAY)
    colleague = stories.a_coach(coach.current_organisation)
    stories.an_entry(colleague, on=MONDAY)
    for actor in (colleague, coordinator, user_with(Role.ADMIN, coach.current_organisation), stories.a_coach()):
        with pytest.raises(NotAllowed):
            correct_entry(entry=entry, statement=entry_on(MONDAY), actor=actor)
        with pytest.raises(NotAllowed):
            remove_entry(entry=entry, actor=actor)
    for role in (Role.ADMIN, Role.INSPECTOR, Role.ANALYST):
        with pytest.raises(NotAllowed):
            stories.an_entry(user_with(role, coach.current_organisation))


# --- signing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "may"), [("2025-02-27", False), ("2025-02-28", True), ("2025-03-03", True)])
def test_a_month_is_signed_from_its_last_working_day(coach, frozen, on, may) -> None:
    frozen("2025-02-20")
    stories.an_entry(coach)
    frozen(on)
    state = sheet(coach).state(frozen.today, working_days(FEBRUARY))
    if may:
        assert state is SheetState.TO_SIGN
        assert signed(coach).signed_on == frozen.today
        assert sheet(coach).state(frozen.today, working_days(FEBRUARY)) is SheetState.SIGNED
        return
    assert state is SheetState.DRAFT
    told = refusal(sign_sheet, "too_early", month=FEBRUARY, typed_name=coach.get_full_name(), actor=coach)
    assert "28/02/2025" in told.message


def test_one_signs_with_one_s_whole_name_hours_that_exist_and_days_that_may_be(coach) -> None:
    name = coach.get_full_name()
    refusal(sign_sheet, "empty", month=FEBRUARY, typed_name=name, actor=coach)
    entry = stories.an_entry(coach, on=MONDAY, minutes=12 * 60 + 1)
    told = refusal(sign_sheet, "name", "typed_name", month=FEBRUARY, typed_name=coach.first_name, actor=coach)
    assert name in told.message
    told = refusal(sign_sheet, "long_day", month=FEBRUARY, typed_name=name, actor=coach)
    assert "24/02/2025" in told.message
    correct_entry(entry=entry, statement=entry_on(MONDAY, minutes=12 * 60), actor=coach)
    assert sign_sheet(month=FEBRUARY, typed_name=f" {name.upper()} ", actor=coach).signed_name == name


def test_signed_lines_never_change_and_what_moved_is_shown(coach, coordinator) -> None:
    case = stories.in_prehire(coach, since=date(2025, 1, 8))
    contact = stories.a_contact(case, on=MONDAY, minutes=45)
    entry = stories.an_entry(coach, on=MONDAY, minutes=30)
    signature = signed(coach)
    kept = (signature.lines, signature.fingerprint)
    assert sheet(coach).moved == ()
    # The sheet takes nothing more; a fact is always recorded, and put right.
    statement = entry_on(MONDAY)
    assert refusal(add_entry, "signed", month=FEBRUARY, statement=statement, actor=coach).hint
    refusal(correct_entry, "signed", entry=entry, statement=statement, actor=coach)
    refusal(remove_entry, "signed", entry=entry, actor=coach)
    stories.a_contact(case, on=MONDAY, minutes=20)
    said = ContactStatement(on=MONDAY, channel="PHONE", party="BENEFICIARY", minutes=60, summary="Plus long.")
    correct_contact(contact=contact, statement=said, reason="Durée", actor=coach)
    found = sheet(coach)
    assert found.minutes.total == 75
    assert found.is_intact
    assert [change.minutes for change in found.moved] in ([15, 20], [20, 15])
    signature.refresh_from_db()
    assert (signature.lines, signature.fingerprint) == kept
    refusal(sign_sheet, "signed", month=FEBRUARY, typed_name=coach.get_full_name(), actor=coach)
    # Once it is reopened and signed again, nothing has moved.
    reopen_sheet(sheet=signature.sheet, reason=" Contact oublié ", actor=coordinator)
    again = signed(coach)
    assert (sheet(coach).minutes.total, sheet(coach).moved) == (110, ())
    assert thawed(again.lines) != thawed(kept[0])
    signature.refresh_from_db()
    assert (signature.lines, signature.reopen_reason, signature.reopened_by) == (kept[0], "Contact oublié", coordinator)
    assert sheet(coach).former == (signature,)


def test_signing_twice_the_same_hours_is_signing_once(coach) -> None:
    stories.an_entry(coach, on=MONDAY)
    assert signed(coach) == signed(coach)
    assert SheetSignature.objects.count() == 1


@pytest.mark.parametrize(
    "altered",
    [{"fingerprint": "0" * 64}, {"signed_name": "Autre"}, {"signed_on": MONDAY}, {"lines": []}, {"with_visits": False}],
)
def test_the_database_itself_keeps_what_was_signed(coach, altered) -> None:
    stories.an_entry(coach, on=MONDAY)
    signature = signed(coach)
    for name, value in altered.items():
        setattr(signature, name, value)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        signature.save()
    assert sheet(coach).is_intact


def test_a_line_that_is_not_as_signed_shows(coach) -> None:
    stories.an_entry(coach, on=MONDAY)
    signed(coach)
    found = sheet(coach)
    found.signature.lines[0]["minutes"] = 480
    assert not found.is_intact


def test_a_contact_of_a_signed_month_by_a_colleague_moves_the_colleague_s_sheet_only(coach) -> None:
    stories.an_entry(coach, on=MONDAY)
    signed(coach)
    colleague = stories.a_coach(coach.current_organisation)
    stories.a_contact(stories.in_prehire(colleague, since=date(2025, 1, 8)), on=MONDAY)
    assert sheet(coach).moved == ()
    assert sheet(colleague).minutes.total == 45


# --- countersigning and reopening -------------------------------------------------------------------------------------


def test_somebody_else_who_answers_for_the_team_countersigns_once(coach, coordinator) -> None:
    stories.an_entry(coach, on=MONDAY)
    row = TimeSheet.objects.get()
    name = coordinator.get_full_name()
    refusal(countersign_sheet, "unsigned", sheet=row, typed_name=name, actor=coordinator)
    signed(coach)
    refusal(countersign_sheet, "name", "typed_name", sheet=row, typed_name="Moi", actor=coordinator)
    first = countersign_sheet(sheet=row, typed_name=name, actor=coordinator)
    assert (first.countersigned_by, first.countersigned_name) == (coordinator, name)
    assert countersign_sheet(sheet=row, typed_name=name, actor=coordinator) == first
    admin = user_with(Role.ADMIN, coach.current_organisation)
    told = refusal(countersign_sheet, "countersigned", sheet=row, typed_name=admin.get_full_name(), actor=admin)
    assert name in told.message


def test_nobody_checks_their_own_sheet_nor_that_of_another_house(coach, coordinator) -> None:
    for owner in (coach, coordinator):
        stories.an_entry(owner, on=MONDAY)
        signed(owner)
    rows = {row.coach_id: row for row in TimeSheet.objects.order_by("pk")}
    elsewhere = user_with(Role.COORDINATOR)
    for row, actor in ((rows[coach.pk], coach), (rows[coordinator.pk], coordinator), (rows[coach.pk], elsewhere)):
        with pytest.raises(NotAllowed):
            countersign_sheet(sheet=row, typed_name=actor.get_full_name(), actor=actor)
        with pytest.raises(NotAllowed):
            reopen_sheet(sheet=row, reason="Parce que", actor=actor)
    assert not SheetSignature.objects.exclude(countersigned_on=None, reopened_on=None).exists()


def test_reopening_needs_a_reason_and_the_trail_keeps_it(coach, coordinator) -> None:
    stories.an_entry(coach, on=MONDAY)
    row = TimeSheet.objects.get()
    refusal(reopen_sheet, "unsigned", sheet=row, reason="Trop tôt", actor=coordinator)
    signature = signed(coach)
    countersign_sheet(sheet=row, typed_name=coordinator.get_full_name(), actor=coordinator)
    refusal(reopen_sheet, "reason", "reason", sheet=row, reason="  ", actor=coordinator)
    reopen_sheet(sheet=row, reason="Contact oublié", actor=coordinator)
    assert sheet(coach).signature is None
    last = LogEntry.objects.filter(object_pk=str(signature.pk)).latest("timestamp", "pk")
    assert (last.actor, last.additional_data["reason"]) == (coordinator, "Contact oublié")
    assert "lines" not in last.changes
    stories.an_entry(coach, on=MONDAY)


# --- the team and the report ------------------------------------------------------------------------------------------


def test_the_team_of_a_month_is_its_jobcoaches_and_whoever_worked(coach, coordinator) -> None:
    away = stories.a_coach(coach.current_organisation)
    held = away.memberships.get()
    held.ends_on = date(2025, 1, 31)
    held.save()
    stories.a_coach()
    stories.an_entry(coach, on=MONDAY)
    organisation = coach.current_organisation
    assert [one.coach for one in team_sheets(organisation, FEBRUARY)] == [coach]
    assert {one.coach for one in team_sheets(organisation, date(2025, 1, 1))} == {coach, away}
    stories.an_entry(coordinator, on=MONDAY)
    assert {one.coach for one in team_sheets(organisation, FEBRUARY)} == {coach, coordinator}


def test_the_report_counts_what_was_signed_and_sets_apart_what_no_project_counts(coach) -> None:
    organisation = coach.current_organisation
    project = ProjectFactory(organisation=organisation, starts_on=date(2025, 1, 1), ends_on=None)
    case = stories.in_prehire(coach, since=date(2025, 1, 8))
    stories.belonging(case, project=project)
    first = stories.a_contact(case, on=MONDAY, minutes=50)
    entry = stories.an_entry(coach, on=MONDAY, minutes=30)
    signed(coach)
    stories.a_contact(case, on=MONDAY, minutes=10)
    late = stories.a_contact(stories.in_prehire(coach, since=date(2023, 2, 24)), on=date(2025, 3, 3), minutes=15)
    march = stories.a_contact(case, on=date(2025, 3, 3), minutes=40)
    scope = {"organisations": (organisation,), "first": date(2025, 1, 1), "last": date(2025, 3, 31)}
    report = build_hours(Scope(**scope))
    projects = report.table("projects")
    assert projects.cell(str(project.pk), "contact").refs == (first.pk, march.pk)
    assert projects.cell(str(project.pk), "contact").value == 90
    assert projects.cell("none", "other").refs == (entry.pk,)
    assert projects.cell("total", "total").value == 120
    states = report.table("states")
    assert [[cell.value for cell in row.cells] for row in states.rows] == [
        [80, "03/03/2025", None, 1],
        [40, "pas signée", None, None],
    ]
    apart = report.table("apart")
    assert [row.cells[0].refs for row in apart.rows if not row.is_total] == [(late.pk,)]
    assert apart.cell("total", "total").value == 15
    sheets = report.table("sheets")
    assert [row.cells[-1].value for row in sheets.rows] == [50, 30, 40, 120]
    # One project only: what has none, and what belongs to another, is not in it.
    alone = build_hours(Scope(**scope, project=project))
    assert alone.table("projects").cell("total", "total").value == 90
    assert alone.table("states").rows[0].cells[3].value == 1
    nobody = build_hours(Scope(**scope, coach=stories.a_coach(organisation)))
    assert nobody.table("projects").cell("total", "total").value == 0


def test_a_job_recorded_late_moves_what_was_outside_the_mandate_and_the_sheet_says_so(coach) -> None:
    case = stories.in_prehire(coach, since=date(2023, 2, 24))
    stories.a_contact(case, on=MONDAY, minutes=15)
    signed(coach)
    assert sheet(coach).apart_minutes == 15
    job = stories.hired(case, starts_on=date(2025, 1, 6))
    end_employment(employment=job, ended_on=date(2025, 3, 2), reason="DISMISSAL", actor=coach)
    (change,) = sheet(coach).moved
    assert (change.before.apart, change.now.apart) == (Apart.CLOCK_USED_UP, Apart.NO)


def test_hours_that_nobody_signed_can_be_drafted_and_not_sent(coach, coordinator) -> None:
    organisation = coach.current_organisation
    case = stories.in_prehire(coach, since=date(2025, 1, 8))
    stories.a_contact(case, on=MONDAY)
    stories.a_contact(case, on=date(2025, 3, 3))
    signed(coach)
    scope = Scope(organisations=(organisation,), first=date(2025, 1, 1), last=date(2025, 3, 31))
    (gap,) = sheets_to_sign(scope)
    assert (gap.case_id, gap.subject, gap.what) == (coach.pk, Subject.COACH, "feuille de mars 2025 à signer")
    assert gap.url.endswith(f"/prestations/{coach.pk}/2025-03/#signature")
    admin = user_with(Role.ADMIN, organisation)
    run = request_run(report=HOURS, scope=scope, actor=admin)
    perform_run(run.pk)
    run.refresh_from_db()
    assert [one.person.label for one in gaps_by_person(run, admin)] == [coach.get_full_name()]
    with pytest.raises(DomainError) as refused:
        submit_run(run=run, recipient="FOREM", reference="", actor=admin)
    assert "sur 1 personne" in refused.value.message.replace("\u00a0", " ")
    before = Scope(organisations=(organisation,), first=date(2025, 1, 1), last=date(2025, 2, 28))
    assert sheets_to_sign(before) == []


SIGNED = Line(ref="a", kind=Kind.CONTACT, on=MONDAY, minutes=30, project_id="1", project="PILOTE")


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (None, SIGNED, "ajoutée, 30 min"),
        (SIGNED, None, "disparue, 30 min signées"),
        (SIGNED, replace(SIGNED, minutes=45), "30 min signées, 45 min à présent"),
        (SIGNED, replace(SIGNED, on=date(2025, 2, 25)), "passée au 25/02/2025"),
        (SIGNED, replace(SIGNED, project_id="2", project="FSE"), "PILOTE, à présent FSE"),
        (SIGNED, replace(SIGNED, project_id="", project=""), "PILOTE, à présent aucun projet"),
        (SIGNED, replace(SIGNED, apart=Apart.AFTER_EXIT), "à présent hors projet (après la sortie du dossier)"),
        (replace(SIGNED, apart=Apart.AFTER_EXIT), SIGNED, "compte à présent pour son projet"),
        (
            SIGNED,
            replace(SIGNED, minutes=15, on=date(2025, 2, 25)),
            "30 min signées, 15 min à présent ; passée au 25/02/2025",
        ),
        (SIGNED, replace(SIGNED, words="Autre"), "un détail a changé"),
    ],
)
def test_what_moved_is_said_in_words(before, now, words) -> None:
    assert moved_words(Change(before, now)).replace("\u00a0", " ") == words
