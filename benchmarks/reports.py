"""A year's activity report over ten thousand cases, as a worker makes it: `python -m benchmarks.reports [cases]`.

Seconds and peak memory of a process that does nothing else, step by step; then the statements and the seconds of the
page that shows the same report. On a database of its own in a temporary folder, or on the empty one of DATABASE_URL.
Figures are noted in docs/performance.md.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

CASES = 10_000
COACHES = 500
# What a case of a year holds besides what its path asks for.
CONTACTS = 60


def main(number: int) -> None:
    """Fill, have a process of its own make the run, look at the page."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANCRAGE_VAR"] = folder
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'benchmark.sqlite3'}")
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
        os.environ["DJANGO_DEBUG"] = "0"
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection

        # Hundreds of accounts are made, whose passwords protect nothing.
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        call_command("migrate", verbosity=0)
        started = time.perf_counter()
        admin = fill(number)
        print(f"{connection.vendor}: {counted()}, written in {time.perf_counter() - started:.0f} s\n")
        for name in ("activite", "consolidation"):
            command = [sys.executable, "-m", "benchmarks.reports", "--work", waiting(admin, name)]
            subprocess.run(command, check=True)  # noqa: S603
        page(admin)


def fill(number: int) -> object:
    """The cases, in every phase, and their contacts; returns somebody who may ask for the report."""
    from accounts.enums import Role
    from tests.factories import stories
    from tests.factories.accounts import user_with
    from tests.factories.crowds import a_crowd

    coach = stories.a_coach()
    here = coach.current_organisation
    coaches = [coach, *(stories.a_coach(here) for _ in range(COACHES - 1))]
    vacancy = stories.a_vacancy(coach)
    a_crowd(coaches, number, vacancy.company, vacancy)
    enrich()
    multiply_contacts()
    return user_with(Role.ADMIN, here)


def enrich() -> None:
    """An eligibility and an obstacle for each case, a profile for each person."""
    from beneficiaries.enums import Education, Origin
    from beneficiaries.models import Beneficiary, CoachingCase, EligibilityCheck, Obstacle
    from foundation.clock import today

    people = list(Beneficiary.objects.order_by("pk"))
    for position, person in enumerate(people):
        person.birth_date = today() - timedelta(days=365 * (19 + position % 42) + position % 300)
        person.origin = Origin.values[position % len(Origin.values)]
        person.education = Education.values[position % len(Education.values)]
        person.town = f"Commune {position % 60}"
    Beneficiary.objects.bulk_update(people, ["birth_date", "origin", "education", "town"], batch_size=500)
    checks, obstacles = [], []
    for position, case in enumerate(CoachingCase.objects.order_by("pk")):
        checks.append(
            EligibilityCheck(
                case=case,
                regime="MIRE",
                checked_on=case.opened_on,
                criteria=[f"MIRE-ELIG-0{1 + position % 8}"],
                evidence_kind="OTHER",
                evidence_on=case.opened_on,
                is_derogation=position % 20 == 0,
                derogation_reason="Motif" if position % 20 == 0 else "",
                checked_by_id=case.coach_id,
            )
        )
        kind = ("MOBILITY", "DEBT", "HOUSING", "LANGUAGE", "HEALTH")[position % 5]
        obstacles.append(Obstacle(case=case, kind=kind, identified_on=case.opened_on))
    EligibilityCheck.objects.bulk_create(checks, batch_size=1000)
    Obstacle.objects.bulk_create(obstacles, batch_size=1000)


def multiply_contacts() -> None:
    """As many contacts for each case as a year holds, copied by the database from those there are."""
    from django.db import connection

    from followup.models import Contact

    # Two contacts a case at the beginning, one and a bit a week at the end.
    copies = CONTACTS // 2 - 1
    sqlite = connection.vendor == "sqlite"
    made_up = {
        "id": "lower(hex(randomblob(16)))" if sqlite else "gen_random_uuid()",
        "on": "date(\"on\", '-' || (6 * n) || ' days')" if sqlite else '"on" - 6 * n',
        "minutes": "20 + n % 5 * 10",
        "channel": "CASE n % 3 WHEN 0 THEN 'PHONE' WHEN 1 THEN 'IN_PERSON' ELSE 'VIDEO' END",
        "submission_id": "NULL",
    }
    columns = [field.column for field in Contact._meta.concrete_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(made_up.get(column, f'"{column}"') for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE times(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM times WHERE n < {copies}) "  # noqa: S608
            f"INSERT INTO followup_contact ({names}) SELECT {values} FROM followup_contact CROSS JOIN times"
        )
        cursor.execute("ANALYZE")


def counted() -> str:
    """How much there is."""
    from beneficiaries.models import CoachingCase
    from followup.models import Contact
    from placements.models import Employment

    tables = {"cases": CoachingCase, "contacts": Contact, "contracts": Employment}
    return ", ".join(f"{model.objects.count():,} {name}" for name, model in tables.items())


def waiting(admin: object, name: str) -> str:
    """A run that waits for a worker."""
    from accounts.models import Organisation
    from foundation.clock import today
    from reporting.sending.services import request_run, requesting
    from tables.engine.registry import reports
    from tables.engine.scope import Scope

    requesting.have_performed = lambda run: None
    report = reports[name]
    here = tuple(Organisation.objects.order_by("name")) if report.consolidated else (admin.current_organisation,)
    scope = Scope(organisations=here, first=today() - timedelta(days=365), last=today())
    return str(request_run(report=report, scope=scope, actor=admin).pk)


def work(run_id: str) -> None:
    """What the worker does, in a process that has done nothing else."""
    import django

    django.setup()
    from uuid import UUID

    from django.db import connection

    from reporting.models import ReportRun
    from reporting.sending.services import perform_run, performing

    steps = []
    tell = performing._tell

    def timed(run, progress, step):
        steps.append((time.perf_counter(), time.process_time(), peak(), step))
        tell(run, progress, step)

    performing._tell = timed
    before = peak()
    statements = 0

    def count(execute, sql, params, many, context):
        nonlocal statements
        statements += 1
        return execute(sql, params, many, context)

    started, busy = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(count):
        perform_run(UUID(run_id))
    ended, busy_until = time.perf_counter(), time.process_time()
    run = ReportRun.objects.get(pk=run_id)
    assert run.state == "DONE", run.error
    print(
        f"{run.title}: {ended - started:.1f} s, of which {busy_until - busy:.1f} s of processor; "
        f"{peak()} MiB at most ({before} before), {statements} statements"
    )
    following = [*steps[1:], (ended, busy_until, peak(), "")]
    for (begun, busy, _held, step), (after, busy_after, held, _step) in zip(steps, following, strict=True):
        print(f"    {step:<30} {after - begun:>6.1f} s {busy_after - busy:>6.1f} s {held:>5} MiB")
    sizes = ", ".join(f"{file.extension} {file.size / 1024:.0f} KB" for file in run.files.all())
    print(f"    {sizes}; figures {len(run.figures.content) / 1024:.0f} KB\n")


def peak() -> int:
    """The most memory that this process has held, in MiB; not what its parent held, which `getrusage` includes."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    held = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(held.split()[1]) // 1024


def page(admin: object) -> None:
    """The preview of the same report in a browser's hands."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from foundation.clock import today

    client = Client(SERVER_NAME="localhost")
    client.force_login(admin)
    period = f"?first={today() - timedelta(days=365):%d/%m/%Y}&last={today():%d/%m/%Y}"
    for name in ("activite", "consolidation"):
        with CaptureQueriesContext(connection) as seen:
            started = time.perf_counter()
            answer = client.get(reverse("reporting:report", args=[name]) + period)
            seconds = time.perf_counter() - started
        assert answer.status_code == 200
        size = len(answer.content) / 1024
        print(f"preview, {name}: {len(seen)} statements, {seconds:.1f} s, {size:.0f} KB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else CASES)
