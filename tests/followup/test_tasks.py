"""Tasks of a case, through the services and on the pages: born, ticked, undone, told late, settled with the case."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from accounts.permissions import NotAllowed
from followup.models import CaseTask, ChecklistLine, Deadline, TeamMeeting
from followup.rules.tasks import Doer
from followup.selectors.my_day import my_day
from followup.selectors.tasks import overdue_by_coach, to_do
from followup.services.consistency import differences
from followup.services.row_acts import tick_task, undo
from followup.services.tasks import (
    TaskRefused,
    TaskStatement,
    add_line,
    add_task,
    change_line,
    change_task,
    finish_task,
    record_meeting,
    tick_line,
)
from foundation.clock import today
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, in_prehire
from tests.followup.test_row_acts import shown

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


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


def wanted(words="Demander la fiche de paie", **known) -> TaskStatement:
    return TaskStatement(words=words, **({"due_on": today()} | known))


def due(case):
    return list(Deadline.objects.filter(case=case, kind="TASK").values_list("due_on", flat=True))


def test_the_first_open_task_of_the_coach_is_due_until_it_is_done(case, coach):
    late = add_task(case=case, statement=wanted(due_on=today() - 3 * DAY), actor=coach)
    soon = add_task(case=case, statement=wanted("Envoyer le CV", due_on=today() + 2 * DAY), actor=coach)
    add_task(case=case, statement=wanted("Décider", doer=Doer.COORDINATION, due_on=today() - 9 * DAY), actor=coach)
    assert due(case) == [late.due_on]
    finish_task(task=late, done_on=today() - DAY, actor=coach)
    assert due(case) == [soon.due_on]
    change_task(task=late, statement=wanted(due_on=late.due_on), done_on=None, actor=coach)
    assert due(case) == [late.due_on]
    assert not list(differences())


def test_sent_twice_it_is_one_task(case, coach):
    form = uuid4()
    made = {add_task(case=case, statement=wanted(), submission_id=form, actor=coach).pk for _ in range(2)}
    assert CaseTask.objects.filter(pk__in=made).count() == CaseTask.objects.count() == 1


@pytest.mark.parametrize("days", [1, -400])
def test_a_task_is_done_within_the_life_of_its_case(case, coach, days):
    task = add_task(case=case, statement=wanted(), actor=coach)
    with pytest.raises(TaskRefused):
        finish_task(task=task, done_on=today() + days * DAY, actor=coach)
    assert due(case) == [today()]


def test_ticked_on_the_row_and_undone_there(case, coach):
    task = add_task(case=case, statement=wanted(due_on=today() - 30 * DAY), actor=coach)
    (row,) = my_day(coach, today()).people
    assert row.first.words == task.words
    assert row.tasks == [task]
    press = shown(case)
    done = tick_task(task=task, press=press, actor=coach)
    assert tick_task(task=task, press=press, actor=coach) == done
    assert due(case) == []
    undo(row_act=done, actor=coach)
    assert due(case) == [task.due_on]


def test_a_colleague_ticks_nothing(case, coach):
    task = add_task(case=case, statement=wanted(), actor=coach)
    with pytest.raises(NotAllowed):
        finish_task(task=task, actor=a_coach(case.organisation))


def test_what_the_house_asks_follows_the_phase_and_what_was_ticked_stays(case, coach):
    admin = user_with("ADMIN", case.organisation)
    line = add_line(phase="PRE_HIRE", words="Relire le CV", starts_on=today(), actor=admin)
    add_line(phase="FOLLOW_UP", words="Voir l’employeur", starts_on=today(), actor=admin)
    assert [one.key for one in to_do(case, today()).asked] == [line.pk]
    assert to_do(case, today() - DAY).asked == ()
    done = {tick_line(case=case, line=line, actor=coach) for _ in range(2)}
    change_line(line=line, words="Relire le CV et la lettre", ends_on=today(), actor=admin)
    seen = to_do(case, today())
    assert seen.asked == ()
    assert [(one.pk, one.words) for one in seen.done] == [(one.pk, "Relire le CV") for one in done]


def test_what_a_meeting_decides_of_a_case_is_a_task_written_in_one_go(case, coach):
    boss = user_with("COORDINATOR", case.organisation)
    meeting = TeamMeeting(on=today(), present="Ada, Bea", submission_id=uuid4())
    record_meeting(meeting=meeting, decisions=[(case, wanted())], actor=boss)
    twin = TeamMeeting(on=today(), present="Ada, Bea", submission_id=meeting.submission_id)
    assert record_meeting(meeting=twin, decisions=[(case, wanted())], actor=boss) == meeting
    assert CaseTask.objects.get().meeting == meeting
    with pytest.raises(TaskRefused):
        record_meeting(
            meeting=TeamMeeting(on=today(), present="Ada", submission_id=uuid4()),
            decisions=[(case, wanted("Une autre")), (case, wanted(" "))],
            actor=boss,
        )
    assert CaseTask.objects.count() == TeamMeeting.objects.count() == 1
    assert TeamMeeting.objects.get().organisation == case.organisation


def test_the_board_counts_what_is_late_of_this_house(case, coach):
    boss = user_with("COORDINATOR", case.organisation)
    elsewhere = in_prehire(a_coach(), since=date(2025, 2, 17))
    for one in (case, elsewhere):
        for days in (1, 5):
            add_task(case=one, statement=wanted(due_on=today() - days * DAY), actor=one.coach)
    (found,) = overdue_by_coach(boss, today())
    assert (found.coach_id, found.number, found.oldest) == (coach.pk, 2, today() - 5 * DAY)


def test_the_side_of_the_case_ticks_once_and_opens_again(case, coach, page_of, send):
    add = reverse("followup:task_create", args=[case.pk])
    send(coach, add, {"words": "Appeler le CPAS", "due_on": "1/3/2025", "doer": "COACH", "turn": "PARTNER"})
    task = CaseTask.objects.get()
    shown_page = page_of(coach, reverse("followup:case_summary", args=[case.pk])).content.decode()
    assert "Appeler le CPAS" in shown_page
    assert "c’est à un partenaire" in shown_page
    tick = reverse("followup:task_tick", args=[case.pk, task.pk])
    for _ in range(2):
        send(coach, tick, {"fait": "oui"})
    task.refresh_from_db()
    assert (task.done_on, task.done_by) == (today(), coach)
    send(coach, tick, {"fait": "non"})
    assert due(case) == [date(2025, 3, 1)]


def test_a_line_of_another_house_is_not_there(case, coach, send):
    line = ChecklistLine.objects.create(
        organisation=a_coach().current_organisation, phase="PRE_HIRE", words="Ailleurs", starts_on=today()
    )
    send(coach, reverse("followup:line_tick", args=[case.pk]), {"line": str(line.pk)})
    assert not CaseTask.objects.exists()


def test_the_sheet_of_the_day_holds_what_is_to_do_and_what_is_late(case, coach, page_of):
    for words, days in (("Rappeler le CPAS", -3), ("Envoyer le CV", 0), ("Préparer la visite", 1)):
        add_task(case=case, statement=wanted(words, due_on=today() + days * DAY), actor=coach)
    add_task(case=case, statement=wanted("Décider", doer=Doer.COORDINATION), actor=coach)
    sheets = {
        days: page_of(coach, reverse("followup:agenda_day"), jour=str(today() + days * DAY)).content.decode()
        for days in (0, 1)
    }
    read = {
        days: [words for words in ("CPAS", "Envoyer", "Préparer", "Décider") if words in sheet]
        for days, sheet in sheets.items()
    }
    assert read == {0: ["CPAS", "Envoyer"], 1: ["Préparer"]}


def test_the_cases_are_narrowed_by_their_tasks(case, coach, page_of):
    late = in_prehire(coach, since=date(2025, 2, 17))
    add_task(case=case, statement=wanted(due_on=today()), actor=coach)
    add_task(case=late, statement=wanted(due_on=today() - DAY), actor=coach)
    url = reverse("followup:case_list")

    def found(which):
        return {row.case.pk for row in page_of(coach, url, tasks=which).context["rows"]}

    assert found("attente") == {case.pk, late.pk}
    assert found("retard") == {late.pk}
    finish_task(task=late.tasks.get(), actor=coach)
    assert found("retard") == set()


def test_the_list_of_tasks_is_narrowed_to_one_s_own_and_to_the_late_ones(case, coach, page_of):
    colleague = a_coach(case.organisation)
    other = in_prehire(colleague, since=date(2025, 2, 17))
    add_task(case=case, statement=wanted("La mienne", due_on=today() + DAY), actor=coach)
    add_task(case=case, statement=wanted("La mienne, tard", due_on=today() - DAY), actor=coach)
    add_task(case=other, statement=wanted("L’autre", due_on=today() - DAY), actor=colleague)
    url = reverse("followup:task_list")

    def words(**asked):
        return {task.words for task in page_of(coach, url, **asked).context["page_obj"]}

    assert words() == {"La mienne", "La mienne, tard", "L’autre"}
    assert words(jobcoach=str(coach.pk)) == {"La mienne", "La mienne, tard"}
    assert words(jobcoach=str(coach.pk), retard="1") == {"La mienne, tard"}
    assert words(jobcoach="personne") == set()
