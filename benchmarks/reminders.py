"""The daily run over ten thousand due cases: statements, seconds, memory.

    DJANGO_SETTINGS_MODULE=config.settings.test .venv/bin/python -m benchmarks.reminders [cases]

On a database of its own: SQLite in a temporary file, or the PostgreSQL server of DATABASE_URL, where a test database is
made and dropped. Figures are kept in docs/performance.md.
"""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import django
from django.db import connection
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

COACHES = 50


class Statements:
    """Counts what passes through the connection."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


@contextmanager
def measured(what: str) -> Iterator[None]:
    """Print what the block costs."""
    statements, start = Statements(), time.perf_counter()
    with connection.execute_wrapper(statements):
        yield
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what:<44} {statements.count:>5} statements {seconds:>7.2f} s   peak {peak} MiB")


def main(number: int) -> None:
    """Fill, run a morning, run it again, run the next one, send."""
    from django.core import mail

    from accounts.enums import Role
    from beneficiaries.models import CoachingCase
    from followup.models import OutboxMail, Reminder
    from followup.services.outbox import send_due
    from followup.services.reminders import run_day
    from foundation.clock import today
    from foundation.workdays import working_days
    from tests.factories import stories
    from tests.factories.accounts import user_with
    from tests.factories.crowds import a_crowd

    coach = stories.a_coach()
    here = coach.current_organisation
    coaches = [coach, *(stories.a_coach(here) for _ in range(COACHES - 1))]
    user_with(Role.COORDINATOR, here)
    vacancy = stories.a_vacancy(coach)
    with measured(f"filling: {number} cases"):
        a_crowd(coaches, number, vacancy.company, vacancy)
    days = working_days(today())
    first = today() - timedelta(days=7)
    while not days.is_working(first):
        first += timedelta(days=1)
    with measured("a first morning, everything new"):
        run = run_day(on=first)
    print(f"{'':<44} {run.raised} reminders, {run.escalated} escalated, {run.mails} mails")
    with measured("the same morning again"):
        run_day(on=first)
    # Half of the people leave their coach's hands: their reminders close, and those of another half change hands.
    reminders = Reminder.objects.open()
    with measured("the next morning, nothing has moved"):
        run_day(on=days.next_after(first))
    for one in coaches[: COACHES // 2]:
        CoachingCase.objects.filter(coach=one).update(coach=coaches[-1])
    later = days.next_after(days.next_after(first))
    with measured("the morning after half of them changed hands"):
        run = run_day(on=later)
    print(f"{'':<44} {reminders.filter(recipient=coaches[-1]).count()} with their new coach, {run.mails} mails")
    with measured(f"sending {OutboxMail.objects.count()} mails (to memory)"):
        send_due()
    assert len(mail.outbox) == OutboxMail.objects.count()


if __name__ == "__main__":
    django.setup()
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        print(connection.vendor)
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 17_500)
    finally:
        teardown_databases(databases, verbosity=0)
