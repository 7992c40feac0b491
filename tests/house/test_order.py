"""Tests run in another order each time, and the order can be had again."""

import re
from pathlib import Path

STORY = """
import pytest
@pytest.mark.django_db(transaction=True)
def test_it_commits(): pass
@pytest.mark.parametrize('number', range(12))
def test_it_does_not(number): pass
"""
FAILING = "def test_one(): assert False\ndef test_two(): pass\n"


def collected(folder: Path, run_pytest, seed: int) -> list[str]:
    """The tests of a folder in the order in which they would run."""
    result = run_pytest(folder, PYTEST_ADDOPTS=f"-p tests.order --collect-only --random-order-seed={seed}")
    return re.findall(r"test_story\.py::(\S+)", result.stdout)


def test_a_seed_gives_its_order_again_and_those_that_commit_come_last(tmp_path: Path, run_pytest) -> None:
    (tmp_path / "test_story.py").write_text(STORY)
    first, again, another = (collected(tmp_path, run_pytest, seed) for seed in (1, 1, 2))
    assert len(first) == 13
    assert again == first
    assert another != first
    assert first[-1] == another[-1] == "test_it_commits"


def test_a_failure_names_the_seed(tmp_path: Path, run_pytest) -> None:
    (tmp_path / "test_story.py").write_text(FAILING)
    result = run_pytest(tmp_path, PYTEST_ADDOPTS="-p tests.order")
    assert re.search(r"Le même ordre encore une fois : --random-order-seed=\d+$", result.stdout, re.MULTILINE)
