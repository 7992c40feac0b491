"""What is decided on the board: answered on the row, undone there, and every part of it as it was before."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import ExceptionRequest
from beneficiaries.rules.exceptions import ExceptionState, may_wait_again
from beneficiaries.services.exceptions import ExceptionRefused, ExceptionStatement, ask_exception, reopen_exception
from beneficiaries.services.path import check_eligibility
from followup.models import RowAct
from followup.services.row_acts import Press, RowActRefused, answer_request, undo
from foundation.clock import today
from placements.services.clocks import SuspensionRequest, request_suspension
from tests.factories import stories
from tests.factories.accounts import user_with

DAY = timedelta(days=1)


@pytest.mark.once
@pytest.mark.parametrize("state", list(ExceptionState.values))
@pytest.mark.parametrize(("own", "of_today"), [(True, True), (True, False), (False, True)])
def test_only_one_s_own_answer_of_today_is_undone(state, own, of_today):
    answered = state in ("APPROVED", "REFUSED")
    assert may_wait_again(state, is_own_decision=own, is_of_today=of_today) is (answered and own and of_today)


@pytest.fixture
def case(db, frozen):
    return stories.in_prehire(stories.a_coach(), since=date(2024, 1, 8))


@pytest.fixture
def coordinator(case):
    return user_with(Role.COORDINATOR, case.organisation)


def extension(case):
    stated = ExceptionStatement(reason="Formation à finir", document="Attestation", months=3)
    return ask_exception(case=case, kind="EXTENSION", statement=stated, actor=case.coach)


def suspension(case):
    asked = SuspensionRequest(reason="ILLNESS", starts_on=today() - 9 * DAY, ends_on=today(), evidence="Certificat")
    return request_suspension(case=case, request=asked, actor=case.coach).request


def derogation(case):
    open_case = stories.a_case(case.coach)
    stated = ExceptionStatement(reason="Hors critères", document="Attestation")
    return ask_exception(case=open_case, kind="DEROGATION", statement=stated, actor=case.coach)


def everything(request):
    """What an undoing has to bring back."""
    row = ExceptionRequest.objects.get(pk=request.pk)
    case = type(row.case).objects.get(pk=row.case_id)
    return (
        (row.state, row.decided_by, row.decided_on, row.decision_note),
        list(case.suspensions.values_list("state", "starts_on", "ends_on", "decided_by", "decided_on")),
        list(case.extensions.values_list("pk", "months", "taken_back_on")),
        case.status.prehire_deadline,
    )


@pytest.fixture
def board(client, coordinator):
    client.force_login(coordinator)
    address = reverse("reporting:dashboard")

    class Board:
        page = client.get(address).context["page_key"]

        def press(self, request, **said):
            where = reverse("reporting:board_decision", args=[request.pk])
            return client.post(where, {"page": self.page, "key": request.pk} | said)

        def undo(self, **headers):
            act = RowAct.objects.get(undone_at=None)
            return client.post(reverse("reporting:board_decision_undo", args=[act.pk]), follow=True)

        def rows(self):
            page = client.get(address, {"page": self.page})
            return [(line.request.pk, line.done and line.done.kind) for line in page.context["board"].requests], page

    return Board()


@pytest.mark.parametrize("asking", [extension, suspension, derogation])
@pytest.mark.parametrize(("answer", "kind"), [("accorder", "GRANTED"), ("refuser", "REFUSED")])
def test_answered_on_its_row_and_undone_there(case, board, asking, answer, kind):
    request = asking(case)
    before = everything(request)
    answered = board.press(request, act=answer, note="Trop tôt")
    assert answered["Location"] == f"{reverse('reporting:dashboard')}?page={board.page}#d-{request.pk}"
    assert everything(request) != before
    rows, page = board.rows()
    assert rows == [(request.pk, kind)]
    assert page.context["board"].waiting == 0
    assert "attend de nouveau" in board.undo().content.decode()
    assert everything(request) == before
    assert board.rows()[0] == [(request.pk, None)]


def test_pressed_twice_it_is_one_answer(case, board):
    request = extension(case)
    assert [board.press(request, act="accorder").status_code for _time in range(2)] == [302, 302]
    assert case.extensions.count() == 1


def test_a_refusal_without_a_reason_leaves_the_row_open_with_the_sentence(case, board):
    request = extension(case)
    answer = board.press(request, act="refuser", note=" ")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<details class="board-refuse" open>' in page
    assert "Un refus garde son motif." in page
    assert ExceptionRequest.objects.get().is_waiting


def test_what_was_answered_elsewhere_is_said(case, board, coordinator):
    request = extension(case)
    board.press(request, act="accorder")
    answer = board.press(request, act="accorder", key="0f7d0d0e-0000-4000-8000-000000000000")
    assert answer.status_code == 422
    assert case.extensions.count() == 1


def test_what_rests_on_an_answer_keeps_it(case, board, frozen, coordinator):
    request = derogation(case)
    board.press(request, act="accorder")
    check_eligibility(
        case=request.case, statement=stories.a_derogation(request.case, today()), actor=request.case.coach
    )
    answer = board.undo().content.decode()
    assert "attend de nouveau" not in answer
    assert ExceptionRequest.objects.get(pk=request.pk).is_granted


def test_the_answer_of_yesterday_or_of_somebody_else_is_not_undone(case, board, frozen, coordinator):
    request = extension(case)
    board.press(request, act="accorder")
    request.refresh_from_db()
    since = RowAct.objects.get().created_at
    other = user_with(Role.COORDINATOR, case.organisation)
    with pytest.raises(ExceptionRefused):
        reopen_exception(request=request, since=since, actor=other)
    frozen(today() + DAY)
    with pytest.raises(ExceptionRefused):
        reopen_exception(request=request, since=since, actor=coordinator)
    with pytest.raises(RowActRefused, match="n’est plus d’aujourd’hui"):
        undo(row_act=RowAct.objects.get(), actor=coordinator)
    assert ExceptionRequest.objects.get().is_granted


@pytest.mark.django_db
@pytest.mark.parametrize("writes", [False, True])
def test_what_was_written_in_the_case_since_keeps_the_answer(writes):
    with time_machine.travel("2025-03-03T09:00:00+00:00", tick=False) as now:
        case = stories.in_prehire(stories.a_coach(), since=date(2024, 1, 8))
        decider = user_with(Role.COORDINATOR, case.organisation)
        press = Press(page=uuid4(), key=uuid4())
        now.shift(timedelta(minutes=1))
        done = answer_request(request=extension(case), granted=True, note="", press=press, actor=decider)
        now.shift(timedelta(minutes=1))
        if writes:
            stories.a_paper(case)
            with pytest.raises(ExceptionRefused):
                undo(row_act=done, actor=decider)
        else:
            undo(row_act=done, actor=decider)
        assert case.extensions.exists() is writes
