"""A case goes on in another project: what was done before the day stays with the former one, everywhere."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry

from accounts.enums import Funder, Role
from accounts.permissions import NotAllowed
from beneficiaries.models import CaseBelonging, CoachingCase
from beneficiaries.rules.belonging import is_contiguous, stay_on
from beneficiaries.selectors.belonging import belonged_between, project_of
from beneficiaries.selectors.history import deeds_of, history_entries
from beneficiaries.services.belonging import (
    Belonging,
    BelongingRefused,
    change_belonging,
    correct_belonging,
    correct_referral,
    move_cases,
    withdraw_belonging,
)
from beneficiaries.services.corrections import CorrectionRefused, correct_phase_start
from esf.selectors.participants import participant_files
from followup.selectors.timeline import timeline_of
from followup.services.consistency import differences
from inspection.selectors.nonconformities import inspected
from reporting.activity.selectors.period import read_activity
from tables.engine.scope import Scope
from tests.factories import stories
from tests.factories.accounts import ProjectFactory, SiteFactory, user_with
from timesheets.selectors.sheets import work_of

pytestmark = pytest.mark.django_db

OPENED, CHANGED, TODAY = date(2026, 3, 2), date(2026, 6, 1), date(2026, 7, 1)
EVE = CHANGED - timedelta(days=1)


@pytest.fixture
def coach(frozen):
    frozen(str(TODAY))
    return stories.a_coach()


@pytest.fixture
def coordinator(coach):
    return user_with(Role.COORDINATOR, coach.current_organisation)


@pytest.fixture
def projects(coach):
    known = {"organisation": coach.current_organisation, "starts_on": date(2025, 1, 1), "ends_on": None}
    return [ProjectFactory(**known, funder=Funder.FSE) for _number in range(2)]


@pytest.fixture
def case(coach, projects):
    return stories.belonging(stories.in_prehire(coach, since=OPENED), project=projects[0])


def change(case, project, actor, *, on=CHANGED, reason="Le projet suivant a commencé", **more):
    return change_belonging(case=case, belonging=Belonging(project), on=on, reason=reason, actor=actor, **more)


def refused(call, code, *arguments, **named) -> None:
    with pytest.raises((BelongingRefused, CorrectionRefused)) as caught:
        call(*arguments, **named)
    assert caught.value.code == code


def told(case) -> list[str]:
    entries = history_entries(case, accesses=False)
    return [sentence for deed in deeds_of(case, entries) for sentence, _changes in deed.sentences]


def scope(case, project, first=OPENED, last=TODAY):
    return Scope(organisations=(case.organisation,), first=first, last=last, project=project)


def test_hours_reports_and_operations_before_the_day_stay_and_after_it_go(case, projects, coordinator) -> None:
    before, after = stories.a_contact(case, on=EVE, minutes=40), stories.a_contact(case, on=CHANGED, minutes=25)
    old, new = projects
    change(case, new, coordinator)
    assert CoachingCase.objects.get(pk=case.pk).project == new
    whole = Scope(organisations=(case.organisation,), first=OPENED, last=TODAY)
    assert {line.line.ref: line.line.project for line in work_of(whole)} == {
        str(before.pk): old.code,
        str(after.pk): new.code,
    }
    assert [line.line.ref for line in work_of(scope(case, old))] == [str(before.pk)]
    assert [line.line.ref for line in work_of(scope(case, new))] == [str(after.pk)]
    for project, first, last, seen in (
        (old, OPENED, EVE, True),
        (old, CHANGED, TODAY, False),
        (new, OPENED, EVE, False),
        (new, OPENED, CHANGED, True),
        (new, CHANGED, TODAY, True),
    ):
        asked = scope(case, project, first, last)
        assert ([row.case_id for row in read_activity(asked).cases] == [case.pk]) is seen
        assert (inspected(asked) == [case]) is seen
        assert ([file.case_id for file in participant_files(asked)] == [case.pk]) is seen
    (left,), (came,) = participant_files(scope(case, old)), participant_files(scope(case, new))
    assert (left.facts.entry_on, left.facts.exit_on, left.asks_results) == (case.opened_on, CHANGED, False)
    assert (came.facts.entry_on, came.facts.exit_on) == (CHANGED, None)
    # Before the change was known to come, the former project was not left.
    (then,) = participant_files(scope(case, old, last=EVE))
    assert then.facts.exit_on is None
    assert (project_of(case, EVE), project_of(case, CHANGED)) == (old, new)


def test_a_mistake_is_corrected_as_if_from_the_beginning(case, projects, coordinator) -> None:
    contact = stories.a_contact(case, on=EVE)
    (row,) = case.belongings.all()
    site = SiteFactory(organisation=case.organisation)
    correct = {"row": row, "belonging": Belonging(projects[1], site), "starts_on": case.opened_on, "actor": coordinator}
    refused(correct_belonging, "reason", reason=" ", **correct)
    correct_belonging(reason="Faute de frappe", **correct)
    assert work_of(scope(case, projects[0])) == []
    assert [line.line.ref for line in work_of(scope(case, projects[1]))] == [str(contact.pk)]
    found = CoachingCase.objects.get(pk=case.pk)
    assert (found.project, found.site) == (projects[1], site)
    assert any("a corrigé : rattachement" in sentence for sentence in told(found))
    refused(correct_belonging, "same", reason="Encore", **correct)


def test_the_day_of_a_change_is_moved_and_the_change_is_taken_back(case, projects, coordinator) -> None:
    moved = change(case, projects[1], coordinator)
    for starts_on in (date(2026, 5, 4), date(2026, 6, 15)):
        moved = correct_belonging(
            row=moved, belonging=Belonging(projects[1]), starts_on=starts_on, reason="Autre jour", actor=coordinator
        )
        assert project_of(case, starts_on - timedelta(days=1)) == projects[0]
        assert project_of(case, starts_on) == projects[1]
    known = {"row": moved, "belonging": Belonging(projects[1]), "reason": "Autre jour", "actor": coordinator}
    refused(correct_belonging, "before_previous", starts_on=case.opened_on, **known)
    refused(correct_belonging, "future", starts_on=TODAY + timedelta(days=1), **known)
    first = case.belongings.earliest("starts_on")
    refused(withdraw_belonging, "first", row=first, reason="Non", actor=coordinator)
    withdraw_belonging(row=moved, reason="N’a pas eu lieu", actor=coordinator)
    refused(withdraw_belonging, "gone", row=moved, reason="Deux fois", actor=coordinator)
    assert CoachingCase.objects.get(pk=case.pk).project == projects[0]
    assert is_contiguous(list(case.belongings.order_by("starts_on")), case.opened_on)


def test_no_row_says_what_the_one_beside_it_says(case, projects, coordinator) -> None:
    """Taken back, a stay elsewhere takes the way back along; corrected into the next one, it is that one."""
    away = change(case, projects[1], coordinator)
    change(case, projects[0], coordinator, on=CHANGED + timedelta(days=7))
    withdraw_belonging(row=away, reason="N’a pas eu lieu", actor=coordinator)
    (row,) = case.belongings.all()
    assert (row.project, row.ends_on) == (projects[0], None)
    change(case, projects[1], coordinator)
    refused(
        correct_belonging,
        "as_after",
        row=row,
        belonging=Belonging(projects[1]),
        starts_on=row.starts_on,
        reason="Depuis le début",
        actor=coordinator,
    )
    assert list(differences()) == []


def test_what_cannot_be_is_refused(case, projects, coordinator, coach) -> None:
    refused(change, "same", case, projects[0], coordinator)
    refused(change, "reason", case, projects[1], coordinator, reason="")
    refused(change, "before_previous", case, projects[1], coordinator, on=case.opened_on)
    refused(change, "future", case, projects[1], coordinator, on=TODAY + timedelta(days=1))
    over = ProjectFactory(organisation=case.organisation, starts_on=date(2025, 1, 1), ends_on=EVE)
    refused(change, "project_dates", case, over, coordinator)
    refused(change, "not_here", case, ProjectFactory(), coordinator)
    stranger = user_with(Role.COORDINATOR, ProjectFactory().organisation)
    for actor in (coach, user_with(Role.ADMIN, case.organisation), stranger):
        with pytest.raises(NotAllowed):
            change(case, projects[1], actor)
    # Two tabs: the second one did not see what the first one did.
    shown = case.belongings.get().pk
    change(case, projects[1], coordinator, shown=shown)
    refused(change, "moved_meanwhile", case, None, coordinator, on=TODAY, shown=shown)
    assert case.belongings.count() == 2


def test_the_opening_moves_its_first_row_and_not_past_a_change(case, projects, coordinator) -> None:
    change(case, projects[1], coordinator)
    (spell, *_later) = case.spells.order_by("sequence")
    earlier = case.opened_on - timedelta(days=3)
    correct_phase_start(spell=spell, starts_on=earlier, reason="Venue avant", actor=coordinator)
    assert case.belongings.earliest("starts_on").starts_on == earlier
    correct_referral(case=case, referred_on=earlier, reason="Lettre retrouvée", actor=coordinator)
    late = earlier + timedelta(days=1)
    refused(correct_referral, "referred_after_opening", case=case, referred_on=late, reason="Non", actor=coordinator)


def test_a_project_that_ends_hands_its_cases_to_the_next(case, coach, projects, coordinator) -> None:
    old, new = projects
    other = stories.belonging(stories.in_prehire(coach, since=OPENED), project=old)
    known = {"project": old, "successor": new, "on": CHANGED, "reason": "Suite", "actor": coordinator}
    refused(move_cases, "no_case", cases=[], **known)
    late = stories.belonging(stories.a_case(coach, opened_on=CHANGED), project=old)
    with pytest.raises(BelongingRefused) as caught:
        move_cases(cases=[case.pk, late.pk], **known)
    assert late.beneficiary.full_name in caught.value.message
    assert CaseBelonging.objects.filter(project=new).count() == 0
    assert len(move_cases(cases=[case.pk, other.pk], **known)) == 2
    assert move_cases(cases=[case.pk, other.pk], **known) == []
    assert set(CoachingCase.objects.filter(project=new)) == {case, other}


def test_the_thread_and_the_trail_tell_the_change(case, projects, coordinator) -> None:
    change(case, projects[1], coordinator)
    found = CoachingCase.objects.get(pk=case.pk)
    (event,) = [item for item in timeline_of(found, None, coordinator, TODAY).items() if "Rattachement" in item.title]
    assert (event.on, event.author) == (CHANGED, coordinator.get_full_name())
    assert any(projects[1].code in words for words in event.details)
    assert any(sentence.startswith("a rattaché le dossier autrement") for sentence in told(found))
    assert LogEntry.objects.get_for_objects(CaseBelonging.objects.filter(case=case)).exists()


def test_statements_and_the_rule_agree_on_every_day(case, projects, coordinator) -> None:
    for project, on in ((projects[1], CHANGED), (None, CHANGED + timedelta(days=1)), (projects[0], TODAY)):
        change(case, project, coordinator, on=on)
    rows = list(case.belongings.select_related("project"))
    for on in (OPENED, EVE, CHANGED, CHANGED + timedelta(days=1), TODAY - timedelta(days=1), TODAY):
        stay = stay_on(rows, on)
        for project in projects:
            asked = CoachingCase.objects.filter(belonged_between(on, on, project=project), pk=case.pk)
            assert asked.exists() is (stay.project == project)


def test_what_the_case_carries_is_compared_with_its_rows(case, projects, coordinator) -> None:
    change(case, projects[1], coordinator)
    assert list(differences()) == []
    CoachingCase.objects.filter(pk=case.pk).update(project=projects[0])
    assert [(one.field, one.computed) for one in differences()] == [("project_id", str(projects[1].pk))]
    case.belongings.filter(ends_on=None).update(starts_on=CHANGED + timedelta(days=1))
    assert [one.field for one in differences()] == ["belongings"]
