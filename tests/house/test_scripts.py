"""Scripts are read by a linter, like the code."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.traps import ROOT

pytestmark = pytest.mark.once

FAULTS = {
    "a name that nobody declares": "nowhere();\n",
    "a name that nobody uses": "const nothing = 1;\n",
    "a word left for oneself": 'console.log("here");\n',
    "an import that nobody uses": 'import { announce } from "./announce.js";\n',
    "an import of what is not there": 'import { shout } from "./announce.js";\n\nshout();\n',
    "a comparison that converts": "export const same = (one, other) => one == other;\n",
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([folder / "bin" / "lint-js"], capture_output=True, text=True, check=False)  # noqa: S603


def test_scripts_are_clean() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("fault", FAULTS)
def test_the_linter_sees(fault: str, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for path in ("bin/lint-js", ".oxlintrc.json"):
        shutil.copy(ROOT / path, tmp_path / path)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    scripts = tmp_path / "static" / "ancrage" / "js"
    scripts.mkdir(parents=True)
    (scripts / "announce.js").write_text("export const announce = () => {};\n")
    assert lint(tmp_path).returncode == 0
    (scripts / "other.js").write_text(FAULTS[fault])
    assert lint(tmp_path).returncode != 0
