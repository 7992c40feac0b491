"""What is written for who joins is true: links lead somewhere, decisions are numbered, versions are told and dated."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from tests.house.test_files import files_of_the_repository, text_of
from tests.traps import ROOT

DECISIONS = ROOT / "docs" / "decisions"
PAGES = [path for path in files_of_the_repository() if path.suffix == ".md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_each_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text())
    ours = [target.split("#")[0] for target in targets if not re.match(r"https?:|mailto:|#", target)]
    assert [target for target in ours if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "README.md", "SECURITY.md"])
def test_each_path_named_is_there(name: str) -> None:
    words = re.findall(r"`([^`\n]+)`", (ROOT / name).read_text())
    paths = [word for word in words if re.fullmatch(r"[\w.-]+(?:/[\w.-]+)+/?", word) and not word.startswith("var/")]
    # `rules/` and its like stand in every room; tests/x and tests/placements are examples of an argument.
    assert [path for path in paths if path != "tests/x" and not (ROOT / path).exists()] == []


class TestAddingSomething:
    HOW_TOS = ("A criterion", "A contract type", "A reminder rule", "A report", "A document kind", "A role")

    @pytest.mark.parametrize("title", HOW_TOS)
    def test_the_way_is_a_numbered_list_of_files(self, title: str) -> None:
        text = (ROOT / "CONTRIBUTING.md").read_text()
        section = text.split(f"\n### {title}\n")[1].split("\n#")[0]
        steps = [line for line in section.splitlines() if line]
        assert steps
        for number, step in enumerate(steps, 1):
            assert re.match(rf"{number}\. `[\w./-]+`", step), step

    def test_there_is_no_other(self) -> None:
        assert tuple(re.findall(r"^### (.+)$", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)) == self.HOW_TOS


class TestDecisions:
    def test_they_are_numbered_without_a_hole_and_say_their_number(self) -> None:
        decisions = sorted(DECISIONS.glob("[0-9]*.md"))
        numbers = [int(path.name[:4]) for path in decisions]
        assert numbers == list(range(1, len(decisions) + 1))
        titles = [path.read_text().splitlines()[0] for path in decisions]
        assert [title.split(".")[0] for title in titles] == [f"# {number}" for number in numbers]

    def test_the_index_names_each_by_its_title(self) -> None:
        index = re.findall(r"^\| (\d+) \| \[(.+)\]\((\S+)\) \|$", (DECISIONS / "README.md").read_text(), re.MULTILINE)
        expected = [
            (number, title, path.name)
            for path in sorted(DECISIONS.glob("[0-9]*.md"))
            for number, title in [path.read_text().splitlines()[0].removeprefix("# ").split(". ", 1)]
        ]
        assert index == expected

    def test_whoever_names_one_names_one_that_is_there(self) -> None:
        named = re.compile(r"\b(\d{4}-[a-z]+(?:-[a-z]+)*\.md)\b")
        wrong = [
            f"{path.relative_to(ROOT)}: {name}"
            for path in files_of_the_repository()
            for name in named.findall(text_of(path))
            if not (DECISIONS / name).is_file()
        ]
        assert wrong == []


class TestVersions:
    @staticmethod
    def told() -> list[tuple[str, str]]:
        """The headings of the changelog: version and day, or nothing for what is being prepared."""
        text = (ROOT / "CHANGELOG.md").read_text()
        return re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\S+)$", text, re.MULTILINE)

    def test_every_heading_is_a_version_with_its_day_or_what_is_being_prepared(self) -> None:
        headings = re.findall(r"^## .*$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
        dated = [f"## [{version}] - {day}" for version, day in self.told()]
        others = [heading for heading in headings if heading not in dated]
        assert others in ([], headings[:1])
        assert all(re.fullmatch(r"## \[Unreleased\] - \d+\.\d+\.\d+", heading) for heading in others)

    def test_they_go_back_in_time(self) -> None:
        versions = [tuple(map(int, version.split("."))) for version, _ in self.told()]
        days = [date.fromisoformat(day) for _, day in self.told()]
        assert versions == sorted(versions, reverse=True)
        assert days == sorted(days, reverse=True)

    def test_the_version_of_the_project_is_told(self) -> None:
        version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
        assert (
            version in {told for told, _ in self.told()}
            or f"## [Unreleased] - {version}" in (ROOT / "CHANGELOG.md").read_text()
        )
