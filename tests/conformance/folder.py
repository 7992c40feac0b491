"""The folder of conformance cases, read once: which files it holds, of which form, and the policy they assume."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEFAULT = "tests/conformance/cases"
# A file belongs to the form that its name starts with: clocks.json, clocks_more.json, clocks-2027.json…
FORMS = ("cadence", "clocks", "durable_insertion", "eligibility_mire", "esf_indicators")


class NoCasesError(Exception):
    """There is nothing to conform to: never a reason to pass."""


def cases_folder() -> Path:
    """Return the folder named by CONFORMANCE_CASES (absolute, or from the repository), else our copy."""
    return (ROOT / (os.environ.get("CONFORMANCE_CASES") or DEFAULT)).resolve()


@cache
def files_by_form(folder: Path) -> dict[str, tuple[Path, ...]]:
    """Return the case files of a folder, by form.

    Raises:
        NoCasesError: the folder is missing, holds no case, or holds a file of no known form.
    """
    if not folder.is_dir():
        raise NoCasesError(f"{folder} is not a folder")
    found: dict[str, tuple[Path, ...]] = dict.fromkeys(FORMS, ())
    for path in sorted(folder.glob("*.json")):
        if path.stem == "policy":
            continue
        form = next((form for form in FORMS if path.stem.startswith(form)), None)
        if form is None:
            raise NoCasesError(f"{path.name} has no known form: its name must start with one of {', '.join(FORMS)}")
        found[form] = (*found[form], path)
    if not any(found.values()):
        raise NoCasesError(f"{folder} holds no case")
    return found


@cache
def policy() -> dict[str, Any]:
    """Return the parameters that the cases of the folder assume.

    Raises:
        NoCasesError: the folder has no policy.json.
    """
    path = cases_folder() / "policy.json"
    if not path.is_file():
        raise NoCasesError(f"{path} is missing")
    return dict(json.loads(path.read_text(encoding="utf-8")))


def documents(form: str) -> list[tuple[str, Any]]:
    """Return the files of one form as (stem, content)."""
    paths = files_by_form(cases_folder())[form]
    return [(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in paths]


def items(form: str) -> list[Any]:
    """Return one pytest parameter per item of every file of one form, its id being the case's.

    Raises:
        NoCasesError: a file of that form holds no item.
    """
    parameters = []
    for stem, content in documents(form):
        if not content:
            raise NoCasesError(f"{stem}.json is empty")
        parameters += [pytest.param(item, id=item["id"]) for item in content]
    return parameters
