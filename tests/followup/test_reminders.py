"""The daily run, the mails it writes and how they leave."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.core import mail as sent_mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import exit_case
from followup import tasks
from followup.enums import MailState, NoticeLevel
from followup.models import DailyRun, MutedRule, OutboxMail, Reminder, ReminderNotice
from followup.services import outbox
from followup.services.outbox import MailRefused, send_again, send_due
from followup.services.preferences import PreferenceRefused, choose_reminders
from followup.services.reminders import RunRefused, run_day
from foundation.clock import today
from placements.enums import FollowUpMode
from tests.conftest import FrozenClock
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.factories.worlds import a_mail, becomes

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MONDAY = date(2025, 3, 3)


@pytest.fixture
def coach(frozen: FrozenClock) -> User:
    return stories.a_coach()


@pytest.fixture
def coordinator(coach: User) -> User:
    return user_with(Role.COORDINATOR, coach.current_organisation)


@pytest.fixture
def late(coach: User) -> CoachingCase:
    """Somebody whose contact was due on Thursday 27 February."""
    return stories.in_prehire(coach, since=date(2025, 2, 20), first_name="Zoé", last_name="Quelconque")


def runs(frozen: FrozenClock, *days: date) -> DailyRun:
    for day in days:
        frozen(day)
        run = run_day(on=day)
    return run


def mails_of(user: User) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(user=user).order_by("queued_at"))


class TestRun:
    def test_what_is_due_is_told_once(self, frozen: FrozenClock, coach: User, late: CoachingCase) -> None:
        run = run_day(on=MONDAY)
        reminder = Reminder.objects.get()
        assert (reminder.case, reminder.rule, reminder.recipient) == (late, "CONTACT", coach)
        assert (reminder.due_on, reminder.raised_on, reminder.threshold) == (date(2025, 2, 27), MONDAY, 0)
        assert (run.raised, run.mails) == (1, 1)
        assert run_day(on=MONDAY).pk == run.pk
        runs(frozen, date(2025, 3, 4), date(2025, 3, 5))
        assert len(mails_of(coach)) == 1
        assert Reminder.objects.count() == ReminderNotice.objects.count() == 1

    def test_it_stops_when_its_cause_disappears(self, frozen: FrozenClock, late: CoachingCase) -> None:
        run_day(on=MONDAY)
        stories.a_contact(late)
        run = runs(frozen, MONDAY + DAY)
        assert run.closed == 1
        assert Reminder.objects.get().closed_on == MONDAY + DAY

    def test_a_cause_that_comes_back_is_the_same_reminder(self, frozen: FrozenClock, late: CoachingCase) -> None:
        run_day(on=MONDAY)
        Reminder.objects.update(closed_on=MONDAY)
        run = runs(frozen, MONDAY + DAY)
        assert run.raised == 1
        assert Reminder.objects.get().closed_on is None
        assert OutboxMail.objects.count() == 1

    def test_a_morning_without_a_run_is_caught_up_the_next(
        self, frozen: FrozenClock, coach: User, coordinator: User
    ) -> None:
        stories.in_prehire(coach, since=date(2025, 2, 25))  # due on Tuesday 4 March
        runs(frozen, MONDAY)
        assert not Reminder.objects.exists()
        runs(frozen, date(2025, 3, 6))
        assert [r.raised_on for r in Reminder.objects.all()] == [date(2025, 3, 6)]

    def test_nobody_is_written_to_on_a_day_off(self, frozen: FrozenClock, late: CoachingCase) -> None:
        for day in (date(2025, 3, 8), date(2025, 4, 21)):
            assert runs(frozen, day).finished_at is not None
        assert not Reminder.objects.exists()
        assert not OutboxMail.objects.exists()

    def test_a_day_before_the_latest_run_is_left_alone(self, frozen: FrozenClock, late: CoachingCase) -> None:
        runs(frozen, MONDAY + DAY)
        assert run_day(on=MONDAY).finished_at is None
        assert Reminder.objects.get().raised_on == MONDAY + DAY

    def test_a_day_to_come_is_refused(self, frozen: FrozenClock) -> None:
        with pytest.raises(RunRefused):
            run_day(on=MONDAY + DAY)

    def test_each_warning_of_the_clock_replaces_the_former(self, frozen: FrozenClock, coach: User) -> None:
        case = stories.in_prehire(coach, since=date(2023, 6, 5))  # the 24 months end on 5 June 2025
        raised = []
        day = MONDAY
        while day < date(2025, 6, 10):
            runs(frozen, day)
            raised += [
                (row.raised_on.isoformat(), row.threshold)
                for row in Reminder.objects.filter(case=case, rule="PREHIRE_END", raised_on=day)
            ]
            day += DAY
        assert raised == [("2025-03-05", 92), ("2025-05-05", 31), ("2025-06-05", 0)]
        assert [r.threshold for r in Reminder.objects.open().filter(rule="PREHIRE_END")] == [0]
        # Once expired, nobody is asked for a contact any more.
        assert not Reminder.objects.open().filter(rule="CONTACT").exists()

    def test_nothing_is_told_of_an_employer_who_may_not_hear(self, frozen: FrozenClock, coach: User) -> None:
        stories.in_followup(coach, since=date(2025, 1, 20), mode=FollowUpMode.DISCREET)
        run_day(on=MONDAY)
        assert not Reminder.objects.filter(rule="EMPLOYER").exists()


class TestRecipients:
    def absence(self, coach: User, stand_in: User | None, first: date, last: date) -> None:
        coach.absences.create(
            organisation=coach.current_organisation, starts_on=first, ends_on=last, replacement=stand_in
        )

    def test_the_replacement_receives_during_the_absence(
        self, frozen: FrozenClock, coach: User, late: CoachingCase
    ) -> None:
        stand_in = stories.a_coach(coach.current_organisation)
        self.absence(coach, stand_in, MONDAY + DAY, MONDAY + 2 * DAY)
        told: list[tuple[int, int]] = []
        for n in range(4):
            runs(frozen, MONDAY + n * DAY)
            assert Reminder.objects.get().recipient == (stand_in if n in (1, 2) else coach)
            told.append((len(mails_of(coach)), len(mails_of(stand_in))))
        # Each of them was told once; on the way back nothing is told again.
        assert told == [(1, 0), (1, 1), (1, 1), (1, 1)]

    @pytest.mark.parametrize("gone", ["absent without replacement", "no role", "closed account"])
    def test_what_nobody_answers_for_goes_to_the_coordinators_at_once(
        self, frozen: FrozenClock, coach: User, coordinator: User, late: CoachingCase, gone: str
    ) -> None:
        if gone == "absent without replacement":
            self.absence(coach, None, MONDAY, MONDAY)
        elif gone == "no role":
            becomes(coach, None)
        else:
            coach.is_active = False
            coach.save()
        run_day(on=MONDAY)
        reminder = Reminder.objects.get()
        assert (reminder.recipient, reminder.escalated_on) == (None, MONDAY)
        assert mails_of(coach) == []
        [mail] = mails_of(coordinator)
        assert "1 échéance à suivre" in mail.subject

    def test_after_fourteen_days_the_coordinators_are_told_on_monday(
        self, frozen: FrozenClock, coach: User, coordinator: User, late: CoachingCase
    ) -> None:
        days = [MONDAY + n * DAY for n in range(22)]
        for day in days:
            runs(frozen, day)
        # Due on 27 February: fourteen days later is Thursday 13 March.
        assert Reminder.objects.get().escalated_on == date(2025, 3, 13)
        assert [m.queued_at.date() for m in mails_of(coordinator)] == [date(2025, 3, 17)]
        assert ReminderNotice.objects.filter(level=NoticeLevel.COORDINATION).count() == 1

    def test_a_monday_off_is_made_up_for_on_tuesday(self, frozen: FrozenClock, coach: User, coordinator: User) -> None:
        frozen("2025-04-17")
        stories.in_prehire(coach, since=date(2025, 3, 31))  # due on 7 April, and so escalated on Easter Monday
        for n in range(8):
            runs(frozen, date(2025, 4, 17) + n * DAY)
        assert [m.queued_at.date() for m in mails_of(coordinator)] == [date(2025, 4, 22)]


class TestDigest:
    def test_initials_and_links_and_never_a_name(
        self, frozen: FrozenClock, coach: User, coordinator: User, late: CoachingCase
    ) -> None:
        stories.in_followup(coach, since=date(2025, 1, 20), company=stories.a_company(coach, name="Menuiserie Machin"))
        frozen("2025-03-24")
        run_day(on=today())
        [mail], [summary] = mails_of(coach), mails_of(coordinator)
        for text in (mail.subject + mail.body, summary.subject + summary.body):
            for secret in ("Zoé", "Quelconque", "Exemple", "Machin", "Menuiserie"):
                assert secret not in text
            assert f"https://ancrage.example.org/dossiers/{late.pk}/" in text
            assert "Z. Q. :" in text
            # Who works in two organisations knows which one writes.
            assert text.count(f"({coach.current_organisation.name})") == 2
            assert not re.search(r"\n{3,}", text)
        assert mail.subject.startswith("[Ancrage] ")
        assert "lundi 24 mars 2025" in mail.subject
        assert "/compte/rappels/" in mail.body

    def test_only_if_there_is_something(self, frozen: FrozenClock, coach: User, coordinator: User) -> None:
        stories.in_prehire(coach, since=MONDAY)
        assert run_day(on=MONDAY).mails == 0

    def test_a_rule_switched_off_stays_on_the_screen(
        self, frozen: FrozenClock, coach: User, late: CoachingCase
    ) -> None:
        choose_reminders(muted={"CONTACT"}, actor=coach)
        run_day(on=MONDAY)
        assert Reminder.objects.get().recipient == coach
        assert mails_of(coach) == []
        choose_reminders(muted=set(), actor=coach)
        runs(frozen, MONDAY + DAY)
        assert len(mails_of(coach)) == 1

    def test_what_may_not_be_switched_off(self, frozen: FrozenClock, coach: User) -> None:
        with pytest.raises(PreferenceRefused) as refusal:
            choose_reminders(muted={"CONTACT", "PREHIRE_END"}, actor=coach)
        assert refusal.value.field == "mailed"
        assert not MutedRule.objects.exists()
        with pytest.raises(NotAllowed):
            choose_reminders(muted=set(), actor=user_with(Role.INSPECTOR, coach.current_organisation))

    def test_a_choice_leaves_a_trace(self, frozen: FrozenClock, coach: User) -> None:
        choose_reminders(muted={"CONTACT"}, actor=coach)
        assert LogEntry.objects.get_for_model(MutedRule).get().actor == coach

    def test_a_long_list_is_cut_and_every_reminder_told(self, frozen: FrozenClock, coach: User) -> None:
        for _ in range(42):
            stories.a_case(coach, opened_on=date(2025, 1, 2))
        run_day(on=MONDAY)
        [mail] = mails_of(coach)
        told = ReminderNotice.objects.filter(mail=mail).count()
        assert mail.body.count("/dossiers/") == 40
        assert f"Et {told - 40} autres dans la liste." in mail.body


class Refusing:
    """A mail server that says no in its way."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __call__(self, *args: Any, **kwargs: Any) -> int:
        raise self.error


class TestOutbox:
    @pytest.fixture
    def mail(self, frozen: FrozenClock, coach: User, late: CoachingCase) -> OutboxMail:
        run_day(on=MONDAY)
        return OutboxMail.objects.get()

    @pytest.fixture
    def refusing(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
        from django.core.mail.backends.locmem import EmailBackend

        return lambda error: monkeypatch.setattr(EmailBackend, "send_messages", Refusing(error))

    def test_a_mail_leaves_once_under_its_identifier(self, mail: OutboxMail, coach: User) -> None:
        assert send_due().sent == 1
        assert send_due().sent == 0
        [left] = sent_mail.outbox
        assert left.to == [coach.email]
        assert left.extra_headers["Message-ID"] == mail.message_id
        mail.refresh_from_db()
        assert (mail.state, mail.attempts, mail.sent_at) == (MailState.SENT, 1, timezone.now())

    def test_the_identifier_depends_on_what_it_is_about_alone(self, mail: OutboxMail, coach: User) -> None:
        assert re.fullmatch(r"<[0-9a-f]{40}@example\.org>", mail.message_id)
        assert a_mail(coach).message_id != mail.message_id

    def test_a_claimed_mail_is_left_to_its_sender_until_the_lease_is_over(
        self, frozen: FrozenClock, mail: OutboxMail
    ) -> None:
        OutboxMail.objects.update(state=MailState.SENDING, claimed_at=timezone.now())
        assert send_due().sent == 0
        frozen(timezone.now() + timedelta(seconds=601))
        assert send_due().sent == 1

    def test_a_server_at_rest_puts_off_and_stops_there(
        self, frozen: FrozenClock, mail: OutboxMail, coach: User, refusing: Callable[[Exception], None]
    ) -> None:
        OutboxMail.objects.filter(pk=a_mail(coach).pk).update(state=MailState.QUEUED, sent_at=None)
        refusing(ConnectionRefusedError("nobody there"))
        assert send_due().postponed == 1
        tried = OutboxMail.objects.get(attempts=1)
        assert (tried.state, tried.next_attempt_at) == (MailState.QUEUED, timezone.now() + timedelta(minutes=2))
        assert "ConnectionRefusedError" in tried.error

    def test_after_the_last_attempt_somebody_has_to_look(
        self, frozen: FrozenClock, mail: OutboxMail, refusing: Callable[[Exception], None]
    ) -> None:
        refusing(smtplib.SMTPServerDisconnected("gone"))
        for _ in range(len(outbox.RETRY_AFTER_MINUTES)):
            assert send_due().postponed == 1
            assert send_due().postponed == 0
            frozen(timezone.now() + DAY)
        assert send_due().failed == 1
        mail.refresh_from_db()
        assert mail.state == MailState.FAILED

    @pytest.mark.parametrize(
        ("error", "state"),
        [
            (smtplib.SMTPRecipientsRefused({"a@b.be": (550, b"unknown")}), MailState.FAILED),
            (smtplib.SMTPRecipientsRefused({"a@b.be": (450, b"busy")}), MailState.QUEUED),
            (smtplib.SMTPDataError(554, b"no"), MailState.FAILED),
            (smtplib.SMTPSenderRefused(451, b"later", "a@b.be"), MailState.QUEUED),
        ],
    )
    def test_a_refusal_for_good_is_not_tried_again(
        self, mail: OutboxMail, refusing: Callable[[Exception], None], error: Exception, state: MailState
    ) -> None:
        refusing(error)
        send_due()
        mail.refresh_from_db()
        assert mail.state == state
        assert re.match(r"\d{3} (unknown|busy|no|later)", mail.error)

    def test_nothing_is_sent_to_a_closed_account(self, mail: OutboxMail, coach: User) -> None:
        coach.is_active = False
        coach.save()
        assert send_due().failed == 1
        assert sent_mail.outbox == []

    def test_an_admin_has_a_failed_mail_sent_again(self, mail: OutboxMail, coach: User) -> None:
        admin = user_with(Role.ADMIN, coach.current_organisation)
        with pytest.raises(MailRefused):
            send_again(mail=mail, actor=admin)
        OutboxMail.objects.update(state=MailState.FAILED, error="550", attempts=7)
        with pytest.raises(NotAllowed):
            send_again(mail=mail, actor=coach)
        send_again(mail=mail, actor=admin)
        assert send_due().sent == 1
        assert LogEntry.objects.get_for_model(OutboxMail).latest("timestamp").actor == admin

    def test_two_senders_of_one_mail(self, mail: OutboxMail, monkeypatch: pytest.MonkeyPatch) -> None:
        """Another process claims the mail between our list and our claim."""
        claim = outbox._claim

        def beaten(pk: Any, lease: timedelta) -> OutboxMail | None:
            OutboxMail.objects.filter(pk=pk).update(state=MailState.SENDING, claimed_at=timezone.now())
            return claim(pk, lease)

        monkeypatch.setattr(outbox, "_claim", beaten)
        assert send_due().sent == 0


class TestCommandsAndTasks:
    def test_by_cron(self, frozen: FrozenClock, late: CoachingCase) -> None:
        out = StringIO()
        call_command("run_reminders", stdout=out)
        assert "03/03/2025 : 1 rappels" in out.getvalue()
        assert "1 e-mails envoyés" in out.getvalue()
        call_command("run_reminders", "--on", "2025-02-28", "--no-mail", stdout=out)
        assert "déjà été traité" in out.getvalue()
        call_command("send_mails", stdout=out)
        assert "0 envoyés" in out.getvalue()

    @pytest.mark.parametrize(("asked", "says"), [("hier", "pas une date"), ("2025-03-04", "pas encore venu")])
    def test_what_the_command_refuses(self, frozen: FrozenClock, asked: str, says: str) -> None:
        with pytest.raises(CommandError, match=says):
            call_command("run_reminders", "--on", asked)

    def test_without_a_broker_the_task_does_the_same(self, frozen: FrozenClock, late: CoachingCase) -> None:
        tasks.run_reminders.delay()
        assert len(sent_mail.outbox) == 1
        tasks.run_reminders.delay(on="2025-03-03")
        assert len(sent_mail.outbox) == 1


def test_the_run_costs_as_many_statements_for_ten_cases_as_for_sixty(
    frozen: FrozenClock, coach: User, coordinator: User, django_assert_max_num_queries: Any
) -> None:
    from tests.factories.crowds import a_crowd

    vacancy = stories.a_vacancy(coach)
    a_crowd([coach], 10, vacancy.company, vacancy)
    with django_assert_max_num_queries(30):
        run_day(on=MONDAY)
    a_crowd([coach], 50, vacancy.company, vacancy)
    frozen(MONDAY + DAY)
    with django_assert_max_num_queries(30):
        assert run_day(on=MONDAY + DAY).raised > 30


def test_a_case_that_is_closed_is_told_of_no_more(frozen: FrozenClock, late: CoachingCase, coach: User) -> None:
    run_day(on=MONDAY)
    exit_case(case=late, on=today(), exit_reason="WITHDRAWAL", exit_outcome="JOB_SEEKING", actor=coach)
    runs(frozen, MONDAY + DAY)
    assert not Reminder.objects.open().exists()
