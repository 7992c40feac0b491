"""bin/mutate finds what no test sees, asks every rule, and docs/mutation.md speaks of each."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation.plan import asked_of, is_worth_making, rules_of
from tests.traps import ROOT

RULE = """
LIMIT = 31


def is_late(days: int) -> bool:
    return days > LIMIT
"""

# What bin/mutate does with one file, in a process of its own: it forks.
ONE_FILE = """
import sys
from pathlib import Path
from tests.mutation.__main__ import mutate, told
print(told(mutate(Path(sys.argv[1]))))
"""


def mutated(folder: Path, *days: int) -> str:
    """What is told of a rule whose test looks at these days only."""
    for name, text in {
        "room/__init__.py": "",
        "room/rules/__init__.py": "",
        "room/rules/limit.py": RULE,
        "tests/room/test_limit.py": (
            "from room.rules.limit import is_late\n\n\n"
            f"def test_it():\n    assert [is_late(days) for days in {days}] == {[day > 31 for day in days]}\n"
        ),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    path = os.pathsep.join([str(folder), str(ROOT)])
    command = [sys.executable, "-c", ONE_FILE, "room/rules/limit.py"]
    environment = os.environ | {"PYTHONPATH": path, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    assert (folder / "room/rules/limit.py").read_text() == RULE
    return done.stdout


def test_a_limit_that_no_test_looks_at_is_told_with_its_line_and_its_change(tmp_path):
    told = mutated(tmp_path, 10, 50)
    assert "room/rules/limit.py:2\n    - LIMIT = 31\n    + LIMIT = 32" in told
    assert "room/rules/limit.py:6\n    - return days > LIMIT\n    + return days >= LIMIT" in told


def test_the_day_before_and_the_day_kill_every_change(tmp_path):
    assert re.match(r"room/rules/limit\.py : [4-9] mutants, 0 en vie", mutated(tmp_path, 30, 31, 32, 33))


@pytest.mark.parametrize(
    ("change", "line", "made"),
    [
        ("core/NumberReplacer", "LIMIT = 31", True),
        ("core/ReplaceComparisonOperator_Lt_LtE", "if a < b:", True),
        ("core/ReplaceComparisonOperator_Lt_Is", "if a < b:", False),
        ("core/ReplaceBinaryOperator_Add_Sub", "a + b", True),
        ("core/ReplaceBinaryOperator_Mul_Div", "a * b", True),
        ("core/ReplaceBinaryOperator_Mul_Div", "def f(on: date, *, until: date) -> bool:", False),
        ("core/ReplaceBinaryOperator_Add_BitXor", "a + b", False),
        ("core/ReplaceBinaryOperator_BitOr_Add", "x: int | None", False),
        ("core/ReplaceTrueWithFalse", "@dataclass(frozen=True)", False),
        ("core/ReplaceTrueWithFalse", "return True", True),
    ],
)
def test_only_changes_that_teach_something_are_made(change, line, made):
    assert is_worth_making(change, line) is made


@pytest.mark.parametrize("rule", rules_of(ROOT), ids=str)
def test_every_rule_is_reached_by_a_test_that_knows_rules_only(rule):
    assert asked_of(rule, ROOT)


def test_the_nearest_tests_are_asked_first():
    asked = asked_of(Path("followup/rules/deadlines.py"), ROOT)
    assert asked.index("tests/rules/test_cadence.py") < asked.index("tests/conformance/test_cadence.py")
    assert "tests/followup/test_case_list.py" not in asked


def test_the_page_speaks_of_every_rule():
    rows = re.findall(r"^\| `([^`]+)` \|", (ROOT / "docs/mutation.md").read_text(), re.MULTILINE)
    assert sorted(rows) == [str(rule) for rule in rules_of(ROOT)]
