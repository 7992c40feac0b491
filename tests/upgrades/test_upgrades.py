"""A database of an earlier version comes to today's and loses nothing; the trail still names what it spoke of."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection

from tests.traps import ROOT

KEPT = sorted(Path(__file__).parent.glob("*.jsonl"))

# Where the rows of a model of then are now, when its app has another name.
MOVED = {
    "0.4.0": {
        "reporting.documenttemplate": "documents.DocumentTemplate",
        "reporting.letterhead": "documents.Letterhead",
        "reporting.produceddocument": "documents.ProducedDocument",
        "reporting.esfparticipation": "esf.EsfParticipation",
        "reporting.esfrefusal": "esf.EsfRefusal",
        "reporting.esfresult": "esf.EsfResult",
        "reporting.esffilelayout": "esf.EsfFileLayout",
        "reporting.esffilecolumn": "esf.EsfFileColumn",
        "reporting.esffileexport": "esf.EsfFileExport",
        "reporting.timesheet": "timesheets.TimeSheet",
        "reporting.timeentry": "timesheets.TimeEntry",
        "reporting.sheetsignature": "timesheets.SheetSignature",
    }
}
# What a migration adds to: the models of the day, and the values that the application starts with.
# What is due is worked out again, by rules that the earlier version did not have.
GROWING = {
    "contenttypes.ContentType",
    "auth.Permission",
    "accounts.Parameter",
    "placements.HiringAid",
    "followup.Deadline",
}


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a process on a database of its own, on the server that this suite runs on."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    if connection.vendor == "sqlite":
        yield {**environment, "DATABASE_URL": f"sqlite:///{tmp_path}/old.sqlite3"}
        return
    import psycopg

    name = f"upgrade_{uuid4().hex[:12]}"
    server = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(server._replace(path="/postgres").geturl(), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {**environment, "DATABASE_URL": server._replace(path=f"/{name}").geturl()}
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run(environment: dict[str, str], *arguments: str) -> str:
    """What a Python process says; its failure is the test's."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "ignore", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """The records that were kept of a version."""
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        yield json.loads(line)


# A process makes the database and others read it: this one only needs to know which server.
@pytest.mark.django_db
@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_database_of_an_earlier_version_loses_nothing(path: Path, empty_database: dict[str, str]) -> None:
    moved = MOVED[path.stem]
    kept = Counter(record["model"] for record in rows_of(path))
    spoken_of = Counter(
        record["fields"]["content_type"] for record in rows_of(path) if record["model"] == "auditlog.logentry"
    )
    kinds = {
        record["pk"]: ".".join((record["fields"]["app_label"], record["fields"]["model"]))
        for record in rows_of(path)
        if record["model"] == "contenttypes.contenttype"
    }

    run(empty_database, "-m", "tests.upgrades.old_database", str(path))
    run(empty_database, "manage.py", "migrate", "--verbosity", "0")
    found = json.loads(run(empty_database, "-m", "tests.upgrades.read_back"))

    by_label = {label.lower(): count for label, count in found["models"].items()}
    for model, count in kept.items():
        label = moved.get(model, model)
        now = by_label[label.lower()]
        if label in GROWING or model in {name.lower() for name in GROWING}:
            assert now >= count, model
        else:
            assert now == count, model
    assert found["differences"] == []
    trail = {moved.get(kinds[kind], kinds[kind]).lower(): count for kind, count in spoken_of.items()}
    assert {label.lower(): count for label, count in found["trail"].items()} == trail
    # Coming from nothing or from an earlier version, no table is left over.
    assert not [table for table in found["tables"] if table.startswith(("documents_", "esf_", "timesheets_"))]
