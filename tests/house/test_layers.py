"""The plan of the house. import-linter holds the layers; here, that it knows every room, and what rules may read."""

import ast
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.conftest import python_files
from tests.rooms import ROOMS
from tests.traps import ROOT

RULES = [path for path in python_files(*ROOMS) if "rules" in path.relative_to(ROOT).parts]

CLOCKS = {"today", "now", "utcnow", "localtime", "gmtime", "localdate"}


def imported(tree: ast.AST) -> set[str]:
    """Full names of the modules that a file imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def clocks_read(tree: ast.AST) -> set[str]:
    """The calls by which a file would look at the clock."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr in CLOCKS}


def may_be_imported_by_rules(module: str) -> bool:
    first, *rest = module.split(".")
    return first in sys.stdlib_module_names or "rules" in rest


def test_there_are_rules_to_check() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in RULES} >= {
        "foundation",
        "beneficiaries",
        "placements",
        "followup",
    }


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_rules_know_dates_and_values_only(path: Path) -> None:
    tree = ast.parse(path.read_text())
    foreign = {module for module in imported(tree) if not may_be_imported_by_rules(module)}
    assert not foreign, "Rules import the standard library and other rules"
    assert not clocks_read(tree), "The day is given to rules as `on`"


@pytest.mark.parametrize(
    "source", ["import django", "from accounts.models import User", "import rules", "import requests"]
)
def test_what_rules_may_not_import(source: str) -> None:
    assert not all(map(may_be_imported_by_rules, imported(ast.parse(source))))


def test_a_clock_is_recognised() -> None:
    assert clocks_read(ast.parse("limit = date.today()")) == {"today"}


def test_the_contracts_name_every_room() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    packages = {path.parent.name for path in ROOT.glob("*/apps.py")} | {"config"}
    assert set(settings["root_packages"]) == packages == set(ROOMS)
    layers = next(contract["layers"] for contract in settings["contracts"] if contract["type"] == "layers")
    assert {room.strip() for layer in layers for room in layer.split("|")} == packages
