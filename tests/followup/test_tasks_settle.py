"""Tasks of a case through its life: an exit, its undoing, a hand-over, an absence, two tabs, two houses, the trail."""

from datetime import date, timedelta

import pytest
import time_machine
from auditlog.models import LogEntry
from django.db import connection

from accounts.enums import Role
from accounts.models import TakenBack
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase
from beneficiaries.selectors.history import deeds_of, history_entries
from beneficiaries.services.cases import hand_over
from beneficiaries.services.corrections import undo_exit
from beneficiaries.services.phases import exit_case
from followup.models import CaseTask, Deadline
from followup.selectors.my_day import my_day
from followup.selectors.tasks import overdue_by_coach, team_tasks, to_do
from followup.services.consistency import differences
from followup.services.row_acts import RowActRefused, note_no_reply, tick_task, undo
from followup.services.tasks import (
    TaskRefused,
    TaskStatement,
    add_line,
    add_task,
    change_task,
    finish_task,
    remove_task,
    reopen_task,
    tick_line,
)
from foundation.clock import today
from privacy.audit import MASK, acting_as
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, an_absence, in_prehire
from tests.followup.test_row_acts import shown

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WORDS = "Demander l’attestation au CPAS"


@pytest.fixture(autouse=True)
def _a_monday_that_ticks():
    with time_machine.travel("2025-03-03T09:00:00+00:00"):
        yield


@pytest.fixture
def coach():
    return a_coach()


@pytest.fixture
def case(coach):
    return in_prehire(coach, since=date(2025, 2, 17))


@pytest.fixture
def task(case, coach):
    return add_task(case=case, statement=wanted(), actor=coach)


def wanted(words=WORDS) -> TaskStatement:
    return TaskStatement(words=words, due_on=today() - 2 * DAY)


def due(case):
    return list(Deadline.objects.filter(case=case, kind="TASK").values_list("due_on", flat=True))


def on_the_day_of(user):
    return [task.pk for row in my_day(user, today()).people for task in row.tasks]


def fresh(case):
    return CoachingCase.objects.get(pk=case.pk)


def test_an_exit_asks_no_more_and_undone_it_asks_again(case, coach, task):
    boss = user_with(Role.COORDINATOR, case.organisation)
    exit_case(case=case, on=today(), exit_reason="WITHDRAWAL", exit_outcome="JOB_SEEKING", actor=coach)
    assert (due(case), on_the_day_of(coach), to_do(fresh(case), today()).open) == ([], [], ())
    assert not team_tasks(boss).exists()
    assert overdue_by_coach(boss, today()) == []
    with pytest.raises(TaskRefused):
        add_task(case=case, statement=wanted("Une autre"), actor=coach)
    assert not list(differences())
    undo_exit(case=fresh(case), reason="Mauvais dossier", actor=boss)
    assert (due(case), on_the_day_of(coach)) == ([task.due_on], [task.pk])
    assert not list(differences())


def test_a_deadline_of_a_closed_case_is_a_difference(case, coach, task):
    row = Deadline.objects.get(case=case, kind="TASK")
    exit_case(case=case, on=today(), exit_reason="WITHDRAWAL", exit_outcome="JOB_SEEKING", actor=coach)
    row._state.adding, row.pk = True, None
    row.save()
    assert [(one.field, one.computed) for one in differences()] == [("deadline", "none")]


def test_a_hand_over_takes_the_tasks_along(case, coach, task):
    boss, successor = user_with(Role.COORDINATOR, case.organisation), a_coach(case.organisation)
    hand_over(case=case, coach=successor, on=today(), actor=boss, note="Congé")
    assert (on_the_day_of(coach), on_the_day_of(successor)) == ([], [task.pk])
    assert overdue_by_coach(boss, today())[0].coach_id == successor.pk
    with pytest.raises(NotAllowed):
        finish_task(task=task, actor=coach)
    assert finish_task(task=task, actor=successor).done_by == successor
    assert not list(differences())


def test_who_stands_in_sees_the_tasks_and_ticks_them(case, coach, task):
    absence = an_absence(coach, starts_on=today())
    stand_in = absence.replacement
    assert on_the_day_of(stand_in) == [task.pk]
    press = shown(case)
    done = tick_task(task=task, press=press, actor=stand_in)
    assert CaseTask.objects.get().done_by == stand_in
    undo(row_act=done, actor=stand_in)
    assert due(case) == [task.due_on]
    with time_machine.travel("2025-03-24T09:00:00+00:00"):
        assert on_the_day_of(stand_in) == []
        with pytest.raises(NotAllowed):
            finish_task(task=task, actor=stand_in)


@pytest.mark.parametrize("written", ["added", "changed", "done", "opened", "removed"])
def test_a_task_written_in_another_tab_makes_the_row_stale(case, coach, task, written):
    other = add_task(case=case, statement=wanted("Une autre"), actor=coach)
    if written == "opened":
        finish_task(task=other, actor=coach)
    press = shown(case)
    acts = {
        "added": lambda: add_task(case=case, statement=wanted("Encore une"), actor=coach),
        "changed": lambda: change_task(task=other, statement=wanted("Autrement"), done_on=None, actor=coach),
        "done": lambda: finish_task(task=other, actor=coach),
        "opened": lambda: reopen_task(task=other, actor=coach),
        "removed": lambda: remove_task(task=other, actor=coach),
    }
    acts[written]()
    with pytest.raises(RowActRefused) as refused:
        tick_task(task=task, press=press, actor=coach)
    assert refused.value.code == "written_first"
    with pytest.raises(RowActRefused):
        note_no_reply(case=case, press=press, actor=coach)
    assert tick_task(task=task, press=shown(case), actor=coach)


def test_a_tick_of_the_row_is_no_news_to_its_own_page(case, coach, task):
    press = shown(case)
    done = tick_task(task=task, press=press, actor=coach)
    beside = type(press)(**{name: getattr(press, name) for name in ("page", "seen", "group", "due_on")}, key=task.pk)
    assert note_no_reply(case=case, press=beside, actor=coach)
    undo(row_act=done, actor=coach)
    assert due(case) == [task.due_on]


def test_what_was_corrected_since_is_not_undone_over_it(case, coach, task):
    done = tick_task(task=task, press=shown(case), actor=coach)
    change_task(task=task, statement=wanted(), done_on=today() - DAY, actor=coach)
    with pytest.raises(RowActRefused):
        undo(row_act=done, actor=coach)
    assert CaseTask.objects.get().done_on == today() - DAY


def test_taken_out_it_is_nowhere_and_the_history_tells_it(case, coach, task):
    with acting_as(coach):
        remove_task(task=task, actor=coach)
    assert (due(case), CaseTask.objects.count()) == ([], 0)
    (trace,) = TakenBack.objects.all()
    assert (trace.row, trace.subject) == (task.pk, case.pk)
    assert "CPAS" not in trace.words
    told = [words for deed in deeds_of(case, history_entries(case)) for words, _changes in deed.sentences]
    assert f"a retiré : {trace.words}" in told
    assert "a ajouté une tâche" in told
    for late in (remove_task, finish_task, reopen_task):
        with pytest.raises(TaskRefused) as refused:
            late(task=task, actor=coach)
        assert refused.value.code == "gone"
    assert not list(differences())


def test_a_line_that_is_not_done_after_all_is_asked_again(case, coach):
    admin = user_with(Role.ADMIN, case.organisation)
    line = add_line(phase="PRE_HIRE", words="Relire le CV", starts_on=today(), actor=admin)
    ticked = tick_line(case=case, line=line, actor=coach)
    reopen_task(task=ticked, actor=coach)
    seen = to_do(fresh(case), today())
    assert ([one.key for one in seen.asked], list(seen.open), list(seen.done)) == ([line.pk], [], [])
    assert not team_tasks(coach).exists()
    assert tick_line(case=case, line=line, actor=coach) == ticked
    assert to_do(fresh(case), today()).asked == ()
    told = [words for deed in deeds_of(case, history_entries(case)) for words, _changes in deed.sentences]
    assert told.count("a modifié une tâche") >= 1


def test_another_house_reads_and_ticks_nothing(case, coach, task):
    for stranger in (a_coach(), user_with(Role.COORDINATOR)):
        assert not CaseTask.objects.visible_to(stranger).exists()
        assert overdue_by_coach(stranger, today()) == []
        for act in (finish_task, remove_task, reopen_task):
            with pytest.raises(NotAllowed):
                act(task=task, actor=stranger)
    assert due(case) == [task.due_on]


def test_the_words_are_sealed_in_the_table_and_in_the_trail(case, coach, task):
    change_task(task=task, statement=wanted("Autre chose de délicat"), done_on=today(), actor=coach)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM followup_casetask")
        (stored,) = cursor.fetchone()
    assert "délicat" not in str(stored)
    created, changed = LogEntry.objects.filter(object_pk=str(task.pk)).order_by("timestamp", "pk")
    assert created.changes["words"][1] == changed.changes["words"][1] == MASK
    assert changed.changes["done_on"] == ["None", str(today())]
    assert {created.actor_id, changed.actor_id} == {coach.pk}
