"""The house stands as docs/architecture.md draws it: its rooms, their order, their size, what stands inside them."""

import re
import subprocess
import tomllib
from fnmatch import fnmatch

import pytest

from tests.house.conftest import python_files
from tests.rooms import ROOMS
from tests.traps import ROOT

PLAN = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

# What a module of a room may be called without a word of explanation, as the page's table says.
KINDS = {
    "apps",
    "contributions",
    "enums",
    "forms",
    "management",
    "migrations",
    "models",
    "permissions",
    "registries",
    "report",
    "reports",
    "rules",
    "selectors",
    "services",
    "signals",
    "tasks",
    "templatetags",
    "urls",
    "views",
}
MOST = 0.20


def section(title: str) -> str:
    """The text of a section of the plan, up to the next one."""
    return PLAN.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def first_cells(text: str) -> list[list[str]]:
    """The names in code of the first cell of each row of the tables of a text."""
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return [re.findall(r"`([^`]+)`", row) for row in rows]


def tracked() -> list[str]:
    """The Python files that the repository holds or is about to hold."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for path in listed.stdout.splitlines() if (ROOT / path).is_file()]


def lines_of(room: str) -> int:
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(room))


def test_the_plan_draws_the_layers_that_are_enforced() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in settings["contracts"] if contract["type"] == "layers")
    drawn = first_cells(section("The rooms, upper ones first"))
    assert [sorted(row) for row in drawn] == [sorted(room.strip() for room in layer.split("|")) for layer in layers]


def test_no_room_holds_more_than_a_fifth_of_the_code() -> None:
    sizes = {room: lines_of(room) for room in ROOMS}
    whole = sum(sizes.values())
    assert not {room: f"{size / whole:.0%}" for room, size in sizes.items() if size > MOST * whole}


@pytest.mark.parametrize("room", ROOMS)
def test_what_stands_in_a_room_has_a_name_of_its_kind_or_is_drawn(room: str) -> None:
    drawn = [name for row in first_cells(section("Inside a room")) for name in row if "/" in name]
    places = {f"{room}/{path.split('/')[1]}" for path in tracked() if path.startswith(f"{room}/")}
    unexplained = {
        place
        for place in places
        if place.split("/")[1].removesuffix(".py") not in {*KINDS, "__init__"}
        and not any(fnmatch(place, one) for one in drawn)
    }
    assert not unexplained, "docs/architecture.md says neither their kind nor why they stand apart"


def test_everything_drawn_exists() -> None:
    drawn = [name for row in first_cells(section("Inside a room")) for name in row if "/" in name]
    assert not [name for name in drawn if not list(ROOT.glob(name))]
    # Elsewhere on the page, a path in code leads somewhere too.
    paths = re.findall(r"`([\w./*]+/[\w./*]*)`", PLAN)
    assert not [path for path in paths if not list(ROOT.glob(path.rstrip("/")))]


def test_the_topics_of_a_room_hold_modules_of_a_room() -> None:
    own = {"reporting/activity", "reporting/trajectories", "reporting/network"}
    for topic in sorted((ROOT / "reporting").iterdir()):
        name = topic.relative_to(ROOT).as_posix()
        if not (topic / "__init__.py").is_file() or topic.name in KINDS or name in own:
            continue
        held = {path.name.removesuffix(".py") for path in topic.iterdir() if path.suffix == ".py" or path.is_dir()}
        assert held - {"__init__", "__pycache__"} <= KINDS, name
