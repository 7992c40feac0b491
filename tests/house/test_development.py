"""bin/dev shows more than production does, and loosens nothing."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from tests.house.conftest import run_python

SHOWN = (
    "from django.conf import settings as s; from django.urls import resolve; "
    "print(s.DEBUG, 'debug_toolbar' in s.INSTALLED_APPS, resolve('/__debug__/render_panel/').app_name, "
    "resolve('/').url_name); print(s.EMAIL_FILE_PATH); print(s.CONTENT_SECURITY_POLICY)"
)


@pytest.fixture
def developing(tmp_path: Path) -> dict[str, str]:
    """The environment of bin/dev, in a folder of this test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "DATABASE_"))}
    return {**kept, "DJANGO_SETTINGS_MODULE": "config.settings.toolbar", "ANCRAGE_VAR": str(tmp_path)}


def test_the_toolbar_has_its_addresses_and_mails_their_folder(developing: dict[str, str], tmp_path: Path) -> None:
    result = run_python("-c", f"import django; django.setup(); {SHOWN}", env=developing)
    told, mails, policy = result.stdout.splitlines()
    assert told == "True True djdt home", result.stderr
    assert Path(mails) == tmp_path / "mails"
    # What a browser refuses in production, it refuses while one develops.
    assert policy == str(settings.CONTENT_SECURITY_POLICY)


def test_its_settings_hold_together(developing: dict[str, str]) -> None:
    result = run_python("-W", "error::RuntimeWarning", "manage.py", "check", "--fail-level", "WARNING", env=developing)
    assert result.returncode == 0, result.stderr


def test_production_knows_nothing_of_it(production: dict[str, str]) -> None:
    source = "import django, sys; django.setup(); import config.urls; print('debug_toolbar' in sys.modules)"
    result = run_python("-c", source, env=production)
    assert result.stdout.strip() == "False", result.stderr
