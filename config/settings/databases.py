"""The two databases that Ancrage runs on, from one address."""

from pathlib import Path
from typing import Any

import environ

# WAL: readers never wait for the writer. NORMAL: with WAL, a power cut loses the last instants, never the file.
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for the database at ``url`` (``postgres://…`` or ``sqlite:///path``)."""
    settings: dict[str, Any] = environ.Env.db_url_config(url)
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        return embedded(settings["NAME"])
    return {**settings, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def embedded(path: Path | str, pragmas: str = SQLITE_PRAGMAS) -> dict[str, Any]:
    """Return Django's settings for the SQLite file at ``path``.

    A transaction asks for the right to write when it begins (immediate): two people who save at once wait for each
    other, up to 20 seconds, where a transaction that asks halfway fails at once with "database is locked".
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }
