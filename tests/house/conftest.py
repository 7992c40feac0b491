"""What the checks of the house itself need: its files, and a pytest to try the traps with."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.traps import ROOT

RunPytest = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run_pytest() -> RunPytest:
    """Run pytest on a folder with the project's traps, in a process of its own. Keywords are its environment."""

    def run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "-p", "tests.traps", "-p", "no:cacheprovider", "-q"]
        command += ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), str(folder)]
        return subprocess.run(  # noqa: S603
            command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )

    return run
