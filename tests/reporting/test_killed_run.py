"""A run whose worker is killed at any step is made once, whole, by the next one; what was left behind is swept."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from accounts.enums import Role
from reporting.models import ReportFile, ReportRun
from reporting.sending.enums import RunState
from reporting.sending.models import FOLDER
from reporting.sending.selectors import content_of, figures_of
from reporting.sending.services import performing, request_run, requesting
from reporting.sending.services.sweeping import forget_orphan_files
from tables.engine.registry import reports
from tables.engine.scope import Scope
from tables.renderers.json import parse_report
from tables.renderers.outputs import OUTPUTS
from tests.factories import stories
from tests.factories.accounts import user_with
from tests.traps import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

# Each fourth step: the claim, every few statements of the computing, each file, the last commit.
STRIDE = 4


def environment() -> dict[str, str]:
    """Where the process finds the database and the files of this test."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.reporting.dying_settings"} | {
        "TEST_MEDIA": default_storage.location
    }


def test_killed_at_any_step_it_is_made_once_and_whole(monkeypatch, tmp_path: Path) -> None:
    coach = stories.a_coach()
    case = stories.in_prehire(coach)
    admin = user_with(Role.ADMIN, coach.current_organisation)
    monkeypatch.setattr(requesting, "have_performed", lambda run: None)
    today = timezone.localtime().date()
    scope = Scope(organisations=(coach.current_organisation,), first=today - timedelta(days=90), last=today)
    run = request_run(report=reports["activite"], scope=scope, actor=admin)
    kills = 0
    with (
        (tmp_path / "worker.log").open("w") as log,
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.reporting.dying_worker"],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as worker,
    ):
        step = 1
        while True:
            worker.stdin.write(json.dumps({"run": str(run.pk), "kill_at": step}) + "\n")
            worker.stdin.flush()
            answer = worker.stdout.readline().strip()
            assert answer in ("killed", "done"), (tmp_path / "worker.log").read_text()
            run.refresh_from_db()
            if answer == "done":
                break
            kills += 1
            step += STRIDE
            assert run.state in (RunState.WAITING, RunState.RUNNING, RunState.DONE)
            if run.state != RunState.DONE:
                assert not ReportFile.objects.exists()
            # its lease is over
            ReportRun.objects.filter(state=RunState.RUNNING).update(claimed_at=timezone.now() - performing.LEASE * 2)
        worker.stdin.close()
    assert kills >= 10
    assert run.state == RunState.DONE, run.error
    assert figures_of(run).table("summary").cell("people", "count").refs == (case.pk,)
    files = {file.extension: content_of(file) for file in run.files.all()}
    assert set(files) == set(OUTPUTS)
    assert parse_report(files["json"]) == figures_of(run)
    _left_behind_is_swept()


def _left_behind_is_swept() -> None:
    def kept() -> set[str]:
        return {f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]}

    named = set(ReportFile.objects.values_list("file", flat=True))
    orphans = kept() - named
    assert orphans, "no kill fell between a file and its row: the sweeping is not tested"
    assert forget_orphan_files() == 0
    for name in kept():
        path = Path(default_storage.path(name))
        os.utime(path, times=(path.stat().st_atime, path.stat().st_mtime - 2 * 24 * 3600))
    assert forget_orphan_files() >= len(orphans)
    assert named <= kept()
    assert not kept() - named
