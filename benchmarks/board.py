"""The coordinator's board over 500 coaches and 20,000 cases: `python -m benchmarks.board`.

Statements, milliseconds and kilobytes of the page, of a past Monday and of the sheet of the meeting; fails when a page
passes its bounds. One coach with forty cases is told by the product's own factories, then copied by the database: one
statement for each table. On a database of its own in a temporary folder. Figures are noted in docs/performance.md.
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

COACHES, CASES = 500, 40
ROUNDS = 3
LARGEST_KB, MOST_STATEMENTS = 150, 15


def main() -> None:
    """Fill, measure, and leave with 1 where a bound is broken."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANCRAGE_VAR"] = folder
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'benchmark.sqlite3'}")
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
        os.environ["DJANGO_DEBUG"] = "0"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        started = time.perf_counter()
        coordinator = fill()
        print(f"written in {time.perf_counter() - started:.0f} s: {counted()}\n")
        broken = list(measured(coordinator))
    if broken:
        sys.exit("\nHors des bornes :\n" + "\n".join(broken))


def fill() -> Any:
    """A house of many coaches, each with the same forty cases; returns who coordinates."""
    from django.db import connection, transaction

    from accounts.enums import Role
    from accounts.models import Absence, Membership, User
    from beneficiaries.models import Beneficiary, CaseAssignment, CoachingCase, ExceptionRequest, Obstacle, PhaseSpell
    from beneficiaries.services.exceptions import ExceptionStatement, ask_exception
    from followup.models import CaseStatus, CaseTask, Deadline
    from foundation.clock import today
    from placements.models import Employment, FollowUpAgreement, Match
    from tests.factories import stories
    from tests.factories.accounts import user_with
    from tests.factories.crowds import a_crowd

    coach = stories.a_coach()
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)
    vacancy = stories.a_vacancy(coach)
    cases = a_crowd([coach], CASES, vacancy.company, vacancy)
    for case in cases[::4]:
        Obstacle.objects.create(case=case, kind="HEALTH", identified_on=today())
        CaseTask.objects.create(
            organisation=case.organisation, case=case, words="Rappeler", due_on=today() - timedelta(days=3)
        )
    searching = CoachingCase.objects.filter(status__phase="PRE_HIRE").order_by("opened_on")[0]
    stated = ExceptionStatement(reason="Formation à finir", document="Attestation", months=3)
    ask_exception(case=searching, kind="EXTENSION", statement=stated, actor=coach)
    Absence.objects.create(
        organisation=coach.current_organisation, user=coach, starts_on=today(), ends_on=today() + timedelta(days=4)
    )
    copied = (
        *(User, Membership, Absence, Beneficiary, CoachingCase, CaseAssignment, PhaseSpell, Employment),
        *(FollowUpAgreement, Match, CaseStatus, Deadline, Obstacle, CaseTask, ExceptionRequest),
    )
    shared = {User: {"pk": coach.pk}, Membership: {"user": coach.pk}}
    with transaction.atomic(), connection.cursor() as cursor:
        for model in copied:
            keys = list(model.objects.filter(**shared.get(model, {})).values_list("pk", flat=True))
            cursor.execute(*_copy(model, copied, keys))
    return coordinator


def _copy(model: Any, copied: tuple[Any, ...], keys: list[Any]) -> tuple[str, list[str]]:
    """The statement that copies the rows of a model once for each further coach: the number of the copy replaces the
    beginning of each key, of what is copied with it too.
    """
    from django.db import connection

    is_postgres = connection.vendor == "postgresql"
    columns, values = [], []
    for field in model._meta.concrete_fields:
        column = f't."{field.column}"'
        target = field.remote_field.model if field.remote_field else None
        is_key = field.primary_key and field.get_internal_type() == "UUIDField"
        if field.primary_key and not is_key and target is None:
            continue
        if is_key or target in copied:
            # The organisation's own people, who are not copied, keep their key.
            if is_postgres:
                value = f"(lpad(to_hex(n.n), 8, '0') || substr({column}::text, 9))::uuid"
            else:
                value = f"printf('%%08x', n.n) || substr({column}, 9)"
        elif field.column == "email":
            value = f"n.n || {column}"
        else:
            value = column
        columns.append(f'"{field.column}"')
        values.append(f"CASE WHEN {column} IS NULL THEN NULL ELSE {value} END" if target in copied else value)
    wanted = ", ".join("%s" for _key in keys)
    pk = model._meta.pk.column
    numbers = f"WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {COACHES - 1})"  # noqa: S608
    table = model._meta.db_table
    read = f'{numbers} SELECT {", ".join(values)} FROM "{table}" t, n WHERE t."{pk}" IN ({wanted})'  # noqa: S608
    written = f'INSERT INTO "{table}" ({", ".join(columns)}) {read}'
    return written, [str(key) if is_postgres else key.hex for key in keys]


def counted() -> str:
    """What was written."""
    from beneficiaries.models import CoachingCase, ExceptionRequest
    from followup.models import CaseStatus, Deadline

    made = (CoachingCase, CaseStatus, Deadline, ExceptionRequest)
    return ", ".join(f"{model.objects.count()} {model._meta.model_name}" for model in made)


def measured(coordinator: Any) -> Any:
    """Print each page's figures; what passes a bound, in words."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from foundation.clock import today
    from reporting.board.rules.mondays import monday_of
    from reporting.board.services import freeze_week

    started = time.perf_counter()
    freeze_week()
    print(f"the Monday's reading: {time.perf_counter() - started:.1f} s\n")
    client = Client(SERVER_NAME="localhost")
    client.force_login(coordinator)
    board = reverse("reporting:dashboard")
    monday = reverse("reporting:dashboard_monday", args=[monday_of(today()).isoformat()])
    print(f"{'page':<24} {'SQL':>4} {'ms':>7} {'Ko':>6}")
    for name, url in (("tableau de bord", board), ("lundi", monday), ("feuille", reverse("reporting:dashboard_sheet"))):
        times = []
        for _round in range(ROUNDS):
            with CaptureQueriesContext(connection) as queries:
                begun = time.perf_counter()
                answer = client.get(url)
                times.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{url} : {answer.status_code}")
        size = len(answer.content) / 1024
        # Whether a dated parameter changed is asked by the clock, not by the page.
        sent = sum('MAX("accounts_parameter"' not in query["sql"] for query in queries)
        print(f"{name:<24} {sent:>4} {statistics.median(times):>7.0f} {size:>6.0f}")
        if name != "feuille" and (size > LARGEST_KB or sent > MOST_STATEMENTS):
            yield f"{name} : {size:.0f} Ko, {sent} instructions"
        if "--statements" in sys.argv:
            for query in sorted(queries, key=lambda one: -float(one["time"])):
                print(f"      {query['time']} s  {query['sql'][:160]}")


if __name__ == "__main__":
    main()
