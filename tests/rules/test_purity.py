"""Rules know dates and values: the standard library and other rules, no clock."""

import ast
import sys
from pathlib import Path

import pytest

from tests.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).glob("**/rules/**/*.py"))
CLOCKS = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("time", "time")}


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def is_pure(module):
    parts = module.split(".")
    return parts[0] in sys.stdlib_module_names or (parts[0] in ROOMS and "rules" in parts)


def test_there_are_rules():
    assert len(MODULES) > 10


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_rule_imports_the_standard_library_and_other_rules_only(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [module for module in imported(tree) if not is_pure(module)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_rule_never_reads_the_clock(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    read = [
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CLOCKS
    ]
    assert read == []
