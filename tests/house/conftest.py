"""What the checks of the house itself need: its files, a production's environment, a pytest to try the traps with."""

import base64
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.traps import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]


def python_files(*folders: str) -> Iterator[Path]:
    """Yield the Python files of rooms, without the migrations."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.relative_to(ROOT).parts:
                yield path


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def production_environment(folder: Path) -> dict[str, str]:
    """Return the environment of a production that exists nowhere, on a database file in `folder`."""
    ours = ("DJANGO_", "ANCRAGE_", "DATABASE_", "REDIS_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings.prod",
        "DJANGO_SECRET_KEY": base64.b64encode(os.urandom(40)).decode(),
        "ANCRAGE_ENCRYPTION_KEYS": f"k1:{base64.b64encode(os.urandom(32)).decode()}",
        "ANCRAGE_BLIND_INDEX_KEY": base64.b64encode(os.urandom(32)).decode(),
        "DJANGO_ALLOWED_HOSTS": "ancrage.example.org",
        "DATABASE_URL": f"sqlite:///{folder}/ancrage.sqlite3",
        "DJANGO_STATIC_ROOT": str(folder / "static"),
        "EMAIL_URL": "consolemail://",
    }


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """A production's environment, for this test."""
    return production_environment(tmp_path)


def run_python(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run Python from the root of the repository: run_python("manage.py", "check", env=production)."""
    command = [sys.executable, *arguments]
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=180
    )


@pytest.fixture
def run_pytest() -> Run:
    """Run pytest on a folder with the project's traps, in a process of its own. Keywords are its environment."""

    def run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        options = ["-p", "tests.traps", "-p", "no:cacheprovider", "-q", "-c", str(ROOT / "pyproject.toml")]
        arguments = ["-m", "pytest", *options, "--rootdir", str(folder), str(folder)]
        return run_python(*arguments, env={**os.environ, **environment})

    return run
