"""What goes into the image: the rooms and what they show, and nothing that only serves whoever works on them."""

import re
import subprocess

import pytest

from tests.rooms import ROOMS
from tests.traps import ROOT

# The first folder (or the name) of everything that may be in the image.
# foundation/version.py reads pyproject.toml.
RUNS = {*ROOMS, "templates", "static", "locale", "manage.py", "requirements.lock", "pyproject.toml", "LICENSE"} - {
    "demo"
}


def _expression(pattern: str) -> re.Pattern[str]:
    """A pattern of .dockerignore: a path from the root, which leaves out all that is below it; ** is any folders."""
    words = {"**/": r"(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.strip("/"))
    return re.compile("".join(words.get(part, re.escape(part)) for part in parts) + r"(?:/.*)?")


def left_out(path: str) -> bool:
    """Tell whether Docker keeps a file of the repository away from the image."""
    lines = [line.strip() for line in (ROOT / ".dockerignore").read_text().splitlines()]
    patterns = [line for line in lines if line and not line.startswith("#")]
    assert not [pattern for pattern in patterns if pattern.startswith("!")], "exceptions are not read here"
    return any(_expression(pattern).fullmatch(path) for pattern in patterns)


def test_only_what_runs_is_in_it() -> None:
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    inside = {path for path in listed.stdout.split("\0") if path and not left_out(path)}
    assert {path for path in inside if path.split("/")[0] not in RUNS} == set()
    assert {
        "manage.py",
        "pyproject.toml",
        "requirements.lock",
        "config/settings/prod.py",
        "static/ancrage/css/theme.css",
    } <= inside


@pytest.mark.parametrize(
    "path",
    [
        "tests/conftest.py",
        "tests/conformance/cases/clocks.json",
        # Invented people, and the commands that load them.
        "demo/plan.py",
        "demo/data/pilot-2002.json",
        "demo/management/commands/load_demo.py",
        "demo/management/commands/load_pilot.py",
        # Somebody's data, wherever it was put down.
        "ancrage.sqlite3",
        "accounts/copy.sqlite3-wal",
        "before.dump",
        "reporting/before.dump.gz",
        "before.sql.gz",
        "var/ancrage.sqlite3",
        # What only serves to develop.
        "bin/dev",
        "config/settings/toolbar.py",
        "config/toolbar_urls.py",
        ".pre-commit-config.yaml",
        ".env",
        ".git/config",
        ".venv/bin/python",
        "benchmarks/pages.py",
        "accounts/__pycache__/models.cpython-311.pyc",
    ],
)
def test_it_is_left_out(path: str) -> None:
    assert left_out(path)


def test_everything_that_is_not_left_out_is_copied_and_no_tool_is_installed() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "COPY . ." in dockerfile
    assert "requirements-dev" not in dockerfile
