"""SQL statements, milliseconds and kilobytes of each main page, over the pilot's data: `python -m benchmarks.pages`.

Runs on a database of its own in a temporary folder and leaves nothing behind. Figures are noted in docs/performance.md.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

ROUNDS = 5


def main() -> None:
    """Load the demo, then visit each page as the role that uses it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANCRAGE_VAR"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'benchmark.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
        os.environ["DJANGO_DEBUG"] = "0"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        started = time.perf_counter()
        call_command("load_demo")
        print(f"\nload_demo : {time.perf_counter() - started:.1f} s\n")
        print(f"{'page':<44} {'SQL':>4} {'ms':>7} {'Ko':>6}")
        for name, statements, milliseconds, size in measures():
            print(f"{name:<44} {statements:>4} {milliseconds:>7.0f} {size:>6.0f}")


def measures() -> Iterator[tuple[str, int, float, float]]:
    """Each page: its name, statements, median milliseconds of several visits, size in kilobytes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    for role, name, url in pages():
        client = Client(SERVER_NAME="localhost")
        client.force_login(user_of(role))
        # What is searched stands in no address: the one asked leads to another.
        url = client.get(url).headers.get("Location", url)
        times = []
        for _round in range(ROUNDS):
            with CaptureQueriesContext(connection) as queries:
                started = time.perf_counter()
                answer = client.get(url)
                times.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{url} : {answer.status_code}")
        yield name, len(queries), statistics.median(times), len(answer.content) / 1024


def user_of(role: str) -> object:
    """The demo's person of a role."""
    from accounts.models import User

    return User.objects.get(email=f"{role}@exemple.test")


def pages() -> list[tuple[str, str, str]]:
    """The main pages: role, name and address."""
    from django.urls import reverse

    from beneficiaries.models import CoachingCase
    from foundation.clock import today

    case = CoachingCase.objects.filter(coach=user_of("jobcoach"), status__phase="FOLLOW_UP").earliest("opened_on")
    year = f"?first={today() - timedelta(days=364):%d/%m/%Y}&last={today():%d/%m/%Y}"
    of_case = [
        (f"dossier : {title}", reverse(name, args=[case.pk]))
        for title, name in (
            ("synthèse", "followup:case_summary"),
            ("parcours", "beneficiaries:case_path"),
            ("emploi", "placements:case_jobs"),
            ("historique", "beneficiaries:case_history"),
            ("consigner un contact", "followup:contact_create"),
        )
    ]
    coach = [
        ("ma journée", reverse("followup:my_day")),
        ("dossiers", reverse("followup:case_list") + "?coach="),
        ("entreprises", reverse("employers:company_list")),
        ("postes", reverse("employers:vacancy_list")),
        ("recherche", reverse("reporting:search") + "?q=dupon"),
        *of_case,
    ]
    return [
        *(("jobcoach", name, url) for name, url in coach),
        ("coordinator", "tableau de bord", reverse("reporting:dashboard")),
        *(
            ("admin", f"rapport : {name}", reverse("reporting:report", args=[name]) + year)
            for name in ("activite", "consolidation", "inspection")
        ),
    ]


if __name__ == "__main__":
    main()
