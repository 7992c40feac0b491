"""The background worker and its clock, as production starts them: a real broker, a real worker, the real commands."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from celery.schedules import crontab

from config.celery import app
from tests.house.conftest import free_port, production_environment, run_python
from tests.traps import ROOT

SESSIONS = "from django.contrib.sessions.models import Session; "


def wait_until(true, seconds: float = 40) -> bool:
    """Wait until `true()` is, at most so many seconds. Says whether it came to be."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if true():
            return True
        time.sleep(0.3)
    return False


@pytest.fixture(scope="module")
def services() -> dict[str, dict]:
    """The services that docker-compose.yml describes."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[str]:
    """A Redis of this test only. Yields its address."""
    port = free_port()
    executable = shutil.which("redis-server")
    assert executable, "redis-server is not installed: apt-get install redis-server"
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen([executable, *options], stdout=subprocess.DEVNULL) as server:  # noqa: S603
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


def started(command: list[str], folder: Path, environment: dict[str, str]) -> subprocess.Popen:
    """Start a command of docker-compose.yml here, with its log in the folder."""
    words = [word.replace("/tmp/", f"{folder}/") for word in command]  # noqa: S108
    with (folder / f"{words[3]}.log").open("w") as log:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", *words], cwd=ROOT, env=environment, stdout=log, stderr=log
        )


def test_a_task_sent_by_the_site_is_done_by_the_worker(tmp_path: Path, broker: str, services: dict[str, dict]) -> None:
    environment = {**production_environment(tmp_path), "REDIS_URL": broker}
    assert run_python("manage.py", "migrate", "--verbosity", "0", env=environment).returncode == 0
    expired = (
        "from datetime import timedelta; from django.utils import timezone; "
        "Session.objects.create(session_key='old', session_data='x', expire_date=timezone.now() - timedelta(days=1)); "
        "from config.tasks import forget_expired_sessions as forget; forget.delay()"
    )
    sent = run_python("manage.py", "shell", "--no-imports", "-c", SESSIONS + expired, env=environment)
    assert sent.returncode == 0, sent.stderr

    count = SESSIONS + "print(Session.objects.count())"

    def done() -> bool:
        left = run_python("manage.py", "shell", "--no-imports", "-c", count, env=environment)
        return left.stdout.strip() == "0"

    with started(services["worker"]["command"], tmp_path, environment) as worker:
        try:
            assert wait_until(done), (tmp_path / "worker.log").read_text()
        finally:
            worker.terminate()


def test_beat_keeps_its_schedule_where_its_health_check_looks(
    tmp_path: Path, broker: str, services: dict[str, dict]
) -> None:
    environment = {**production_environment(tmp_path), "REDIS_URL": broker}

    def schedule_kept() -> bool:
        return any(path.suffix != ".log" for path in tmp_path.glob("beat*"))

    with started(services["beat"]["command"], tmp_path, environment) as beat:
        try:
            assert wait_until(schedule_kept), (tmp_path / "beat.log").read_text()
        finally:
            beat.terminate()
    assert "-name 'beat*'" in services["beat"]["healthcheck"]["test"][1]


def test_each_appointment_is_kept_by_a_task_that_exists() -> None:
    app.loader.import_default_modules()
    assert app.conf.beat_schedule
    for name, appointment in app.conf.beat_schedule.items():
        assert appointment["task"] in app.tasks, name
        assert isinstance(appointment["schedule"], crontab), f"{name}: an hour of the day, not an interval"


def test_tasks_speak_json_by_brussels_time_and_are_given_back() -> None:
    assert app.conf.timezone == "Europe/Brussels"
    assert (app.conf.task_serializer, app.conf.accept_content) == ("json", ["json"])
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
