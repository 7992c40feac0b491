"""Each reminder once and none lost: with real processes killed at any step, a real broker, a real mail server.

`docs/decisions/0006-reminders.md` says why it holds.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from celery import Celery
from django.db import connection, transaction
from redis import Redis

from accounts.enums import Role
from followup.enums import MailState
from followup.models import Contact, OutboxMail, Reminder, ReminderNotice
from followup.services.contacts import plan_appointment
from followup.services.own_calendar import choose_calendar
from followup.services.planning import AppointmentPlan, Guests
from followup.services.reminders import run_day
from followup.services.status import rebuild_all
from tests.conftest import FrozenClock
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.factories.crowds import a_crowd
from tests.followup.processes.mailbox import Mailbox
from tests.house.conftest import free_port
from tests.traps import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = date(2025, 3, 3)
# Days that are run, the processes being killed at their steps; `bin/long` has more than the suite.
RUN_DAYS = int(os.environ.get("KILLED_DAYS", "2"))


@dataclass(frozen=True)
class Told:
    """Everything that the runs of several days write, by what it is about."""

    reminders: Counter[tuple[Any, ...]]
    notices: Counter[tuple[Any, ...]]
    mails: Counter[str]


def told() -> Told:
    cause = ("case_id", "rule", "due_on", "threshold")
    noticed = [f"reminder__{name}" for name in cause]
    return Told(
        Counter(Reminder.objects.values_list(*cause, "recipient_id", "raised_on", "escalated_on", "closed_on")),
        Counter(ReminderNotice.objects.order_by("pk").values_list(*noticed, "user_id", "level", "mail__dedupe_key")),
        Counter(OutboxMail.objects.values_list("dedupe_key", flat=True)),
    )


def working_days(number: int) -> list[date]:
    days = (FIRST + timedelta(days=n) for n in range(number * 2))
    return [day for day in days if day.weekday() < 5][:number]


def a_house(people: int) -> None:
    """Four coaches, a coordinator, and people in every phase."""
    coach = stories.a_coach()
    coaches = [coach, *(stories.a_coach(coach.current_organisation) for _ in range(3))]
    user_with(Role.COORDINATOR, coach.current_organisation)
    company = stories.a_company(coach)
    cases = a_crowd(coaches, people, company, stories.a_vacancy(coach, company))
    # Seen on each of the last seven days, so that something new is due on each of the next.
    Contact.objects.bulk_create(
        Contact(
            organisation=case.organisation,
            case=case,
            coach=case.coach,
            on=FIRST - timedelta(days=number // len(coaches) % 7),
            channel="PHONE",
            party="BENEFICIARY",
            minutes=10,
            summary="Des nouvelles.",
        )
        for number, case in enumerate(cases)
        if case.closed_on is None
    )
    rebuild_all(cases)


def invitations(number: int) -> None:
    """Appointments whose coach and person are to be told, each by a mail that waits."""
    coach = stories.a_coach()
    choose_calendar(is_invited=True, address=None, actor=coach)
    for of in range(number):
        case = stories.in_prehire(coach, email=f"personne-{of}@example.org")
        plan = AppointmentPlan(
            on=FIRST + timedelta(days=8), at=time_of_day(9 + of), channel="PHONE", guests=Guests(person=True)
        )
        plan_appointment(case=case, plan=plan, actor=coach)


def undisturbed(frozen: FrozenClock, days: list[date]) -> Told:
    """What the runs of these days write when nothing happens to them; nothing of it stays."""
    with transaction.atomic():
        for day in days:
            frozen(day)
            run_day(on=day)
        found = told()
        transaction.set_rollback(True)
    return found


def environment(mailbox: Mailbox, **others: str) -> dict[str, str]:
    """Where the processes find the database of this test and its mail server."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.followup.processes.settings",
        "DATABASE_URL": url,
        "SMTP_PORT": str(mailbox.port),
        **others,
    }


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as opened:
        yield opened


@contextmanager
def runner(mailbox: Mailbox, folder: Path) -> Iterator[Callable[..., str]]:
    """The process that makes a run per order, and dies on the way when told to."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.followup.processes.runner"]
    with (
        (folder / "runner.log").open("w") as log,
        subprocess.Popen(  # noqa: S603
            command,
            cwd=ROOT,
            env=environment(mailbox),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):

        def order(on: date, **how: float) -> str:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps({"on": on.isoformat(), **how}) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline().strip()
            assert answer in ("killed", "done"), (folder / "runner.log").read_text()
            return answer

        yield order
        assert process.stdin is not None
        process.stdin.close()


def assert_told_once(expected: Told, mailbox: Mailbox) -> int:
    """Nothing is missing, nothing is double; return the deliveries that repeat a Message-ID."""
    assert told() == expected
    assert set(OutboxMail.objects.values_list("state", flat=True)) == {MailState.SENT}
    delivered = Counter(mailbox.identifiers)
    assert set(delivered) == set(OutboxMail.objects.values_list("message_id", flat=True))
    return sum(delivered.values()) - len(delivered)


def test_killed_at_any_step_nothing_is_lost_nor_told_twice(
    frozen: FrozenClock, mailbox: Mailbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    days = working_days(RUN_DAYS)
    a_house(80)
    invitations(2)
    expected = undisturbed(frozen, days)
    assert sum(expected.reminders.values()) > 20 * RUN_DAYS
    assert len(expected.mails) > 3 * RUN_DAYS
    chance = random.Random(2002)
    kills = 0
    with runner(mailbox, tmp_path) as order:
        for day in days:
            # On the first day at each step, one after the other; then at steps further and further on.
            step = 1
            while order(day, kill_at=step) == "killed":
                kills += 1
                step += 1 if day == FIRST else chance.randint(1, 6)
            # The run is made and everything sent: dying now, or doing it again, changes nothing.
            kills += order(day, kill_at=chance.randint(1, 4)) == "killed"
            assert order(day) == "done"
        for _ in range(20):
            kills += order(days[-1], kill_after=chance.random() / 40) == "killed"
        assert order(days[-1]) == "done"
    repeated = assert_told_once(expected, mailbox)
    # Invitations as well, and nothing of them stays once they have left.
    assert list(OutboxMail.objects.filter(guest__gt="").values_list("address", "calendar")) == [("", "")] * 4
    assert kills >= 44 + 13 * RUN_DAYS
    with capsys.disabled():
        sys.stdout.write(
            f"\n{kills} kills: {sum(expected.reminders.values())} reminders once each, {len(expected.mails)} mails by "
            f"Message-ID, none lost; {repeated} repeated under the same Message-ID, killed between answer and commit\n"
        )


# --- The real broker, the real worker, two beats ----------------------------------------------------------------------


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[str]:
    """A Redis of this test only. Yields its address."""
    executable = shutil.which("redis-server")
    assert executable, "redis-server is not installed: apt-get install redis-server"
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen([executable, *options], stdout=subprocess.DEVNULL) as server:  # noqa: S603
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


class Processes:
    """Celery's own commands, each in a process group of its own, with their logs in a folder."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        """Start one."""
        command = [sys.executable, "-W", "ignore", "-m", "celery", *words]
        with (self.folder / f"{name}.log").open("w") as log:
            process = subprocess.Popen(  # noqa: S603
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.running.append(process)
        return process

    def worker(self, name: str) -> subprocess.Popen[bytes]:
        """Start a worker."""
        quick = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO")
        return self.start(name, "--app", "config", "worker", "--concurrency", "2", "--hostname", f"{name}@test", *quick)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a process and its children without a word."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_all(self) -> None:
        """Leave nothing behind."""
        for process in self.running:
            if process.poll() is None:
                self.kill(process)

    def logs(self) -> str:
        """What they said."""
        return "\n".join(f"--- {path.name}\n{path.read_text()[-3000:]}" for path in sorted(self.folder.glob("*.log")))


def wait_until(true: Callable[[], bool], seconds: float = 40) -> bool:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if true():
            return True
        time.sleep(0.1)
    return False


def all_sent(number: int) -> bool:
    states = Counter(OutboxMail.objects.values_list("state", flat=True))
    return states == {MailState.SENT: number}


def test_two_beats_a_killed_worker_and_an_emptied_redis(
    frozen: FrozenClock, mailbox: Mailbox, broker: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    days = working_days(6)
    a_house(30)
    by_day = [len(undisturbed(frozen, days[: n + 1]).mails) for n in range(len(days))]
    expected = undisturbed(frozen, days)
    surroundings = environment(mailbox, REDIS_URL=broker, RUN_ON=FIRST.isoformat(), LEASE_SECONDS="2")
    processes = Processes(tmp_path, surroundings)
    queue = Celery(broker=broker)
    chance = random.Random(2002)

    def ready(name: str) -> Callable[[], bool]:
        return lambda: "ready." in (tmp_path / f"{name}.log").read_text()

    def asked(day: date) -> None:
        """What two beats put in the queue."""
        for _ in range(2):
            queue.send_task("followup.tasks.run_reminders", args=[day.isoformat()])

    try:
        # Two beats at once, each asking every half second, and two children at work.
        beats = [
            processes.start(
                name, "--app", "tests.followup.processes.beat", "beat", "--schedule", str(tmp_path / name),
                "--pidfile", "", "--max-interval", "1",
            )
            for name in ("beat-one", "beat-two")
        ]  # fmt: skip
        worker = processes.worker("worker-0")
        assert wait_until(lambda: all_sent(by_day[0])), processes.logs()
        for beat in beats:
            processes.kill(beat)
        kills = 0
        for number, day in enumerate(days[1:], 1):
            # The worker dies somewhere in the run of the day, and what Redis held is lost with it.
            asked(day)
            time.sleep(chance.random() / 8)
            processes.kill(worker)
            kills += 1
            with Redis.from_url(broker) as server:
                server.flushall()
            # The next beat asks again, and the next worker does what is left.
            asked(day)
            worker = processes.worker(f"worker-{number}")
            assert wait_until(ready(f"worker-{number}")), processes.logs()
            queue.send_task("followup.tasks.send_mails")
            if not wait_until(lambda target=by_day[number]: all_sent(target), 4):  # type: ignore[misc]
                # A mail whose sender died leaves when its lease is over.
                queue.send_task("followup.tasks.send_mails")
                assert wait_until(lambda target=by_day[number]: all_sent(target)), processes.logs()  # type: ignore[misc]
    finally:
        processes.kill_all()
        queue.close()
    repeated = assert_told_once(expected, mailbox)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{kills} workers killed with their queue emptied, two beats at once: {len(expected.mails)} mails by "
            f"Message-ID, none lost; {repeated} repeated\n"
        )
