"""Style sheets by component: one place for colours, two breakpoints, and no page that loads what it does not show."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tinycss2
from django.contrib.staticfiles import finders

from foundation import stylesheets
from foundation.stylesheets import document_style, with_drawing_style
from tests.interface import sheets

SHEETS = sorted(sheets.CSS.rglob("*.css"))
THEMES = (sheets.CSS / "theme.css", sheets.CSS / "papers" / "theme.css")
PAPERS = [sheet for sheet in SHEETS if sheet.parent.name == "papers"]
ON_SCREEN = [sheet for sheet in SHEETS if sheet not in PAPERS]

LITERAL = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch|color|color-mix)\(")
NAMED = re.compile(
    r"(?<![\w-])(?:white|black|red|green|blue|yellow|orange|purple|grey|gray|silver|maroon|navy|teal|olive|lime|aqua"
    r"|fuchsia|pink|brown|gold|beige|ivory|coral|crimson|indigo|violet|khaki|tan|salmon|tomato)(?![\w-])"
)
# The four widths at which a page changes: a row of three lines below 23rem, a telephone (or a desk at 200 %) below 52,
# the bar under the thumb below 64, the second column from 78 on.
BREAKPOINTS = {f"width {sign} {step}rem" for step in (23, 52, 64, 78) for sign in ("<", ">=")}
SIZES = re.compile(r"(?<![\w-])(?:font-size|font)\s*:\s*([^;}]+)")
SPACES = re.compile(r"(?<![\w-])(?:(?:row-|column-)?gap|(?:margin|padding)(?:-[a-z-]+)?)\s*:\s*([^;}]+)")
# Written by a script, by Django's widgets or by the libraries, and by no template.
FROM_ELSEWHERE = {"htmx-request", "is-invalid"}


def short(sheet: Path) -> str:
    return sheet.relative_to(sheets.CSS).as_posix()


def declarations(sheet: Path) -> str:
    """What a sheet declares, without comments, strings and selectors."""
    return " ".join(re.findall(r"\{([^{}]*)\}", sheets.bare(sheet.read_text())))


@pytest.mark.parametrize("sheet", SHEETS, ids=short)
def test_a_sheet_is_read_whole(sheet: Path) -> None:
    """A browser skips what it cannot read, and of a property said twice it keeps the last: nobody is told."""

    def rules(nodes: list[Any]) -> Iterator[Any]:
        for node in nodes:
            yield node
            if node.type == "at-rule" and node.lower_at_keyword in {"media", "supports", "container"}:
                yield from rules(tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True))

    parsed = tinycss2.parse_stylesheet(sheet.read_text(), skip_comments=True, skip_whitespace=True)
    for rule in rules(parsed):
        assert rule.type in {"qualified-rule", "at-rule"}, getattr(rule, "message", rule)
        if rule.type == "qualified-rule":
            inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            assert {one.type for one in inside} <= {"declaration"}, tinycss2.serialize(rule.prelude)
            names = [one.name for one in inside]
            assert sorted(names) == sorted(set(names)), tinycss2.serialize(rule.prelude)


@pytest.mark.parametrize("sheet", [one for one in SHEETS if one not in THEMES], ids=short)
def test_colours_are_declared_in_the_theme(sheet: Path) -> None:
    text = declarations(sheet)
    assert LITERAL.findall(text) == []
    assert NAMED.findall(text) == []


@pytest.mark.parametrize("folder", [*(sheets.ROOT / "templates").iterdir()], ids=lambda path: path.name)
def test_no_template_paints(folder: Path) -> None:
    """Drawings name what they are; the theme says its colour."""
    for template in [folder] if folder.is_file() else folder.rglob("*.html"):
        if "email" not in template.parts:
            assert re.findall(r'(?:fill|stroke|color)="#[^"]*"', template.read_text()) == [], template.name


@pytest.mark.parametrize("sheet", [one for one in ON_SCREEN if one not in THEMES], ids=short)
def test_sizes_of_type_are_those_of_the_theme(sheet: Path) -> None:
    values = SIZES.findall(declarations(sheet))
    assert [value for value in values if re.search(r"\d(?:rem|px)\b", value)] == []


@pytest.mark.parametrize("sheet", [one for one in ON_SCREEN if one not in THEMES], ids=short)
def test_spaces_are_those_of_the_theme(sheet: Path) -> None:
    """Whole pixels are steps of the scale; a formula and a nudge that sets an icon on its line are written out."""
    for value in SPACES.findall(declarations(sheet)):
        plain = re.sub(r"(?:clamp|calc|min|max)\((?:[^()]|\([^()]*\))*\)", "", value)
        steps = [float(rem) * 16 for rem in re.findall(r"(?<![\w.-])(\d*\.?\d+)rem", plain)]
        assert [step for step in steps if step.is_integer()] == [], value


@pytest.mark.parametrize("sheet", ON_SCREEN, ids=short)
def test_a_page_changes_at_four_widths(sheet: Path) -> None:
    text = sheets.bare(sheet.read_text())
    asked = [
        query
        for rule in re.findall(r"@(?:media|container)([^{]*)\{", text)
        for query in re.findall(r"\(([^)]*)\)", rule)
    ]
    assert {query for query in asked if "width" in query or "height" in query} <= BREAKPOINTS


def test_every_variable_is_declared_and_used() -> None:
    text = "\n".join(sheets.bare(sheet.read_text()) for sheet in SHEETS)
    declared = set(re.findall(r"(?<![\w(-])(--[\w-]+)\s*:", text))
    used = set(re.findall(r"var\(\s*(--[\w-]+)", text))
    assert {name for name in used - declared if not name.startswith("--bs-")} == set()
    assert {name for name in declared - used if not name.startswith("--bs-")} == set()


def test_documents_use_the_colours_of_documents() -> None:
    """Dark values may come to the screen's names; paper stays white."""
    used = {name for sheet in PAPERS for name in re.findall(r"var\((--[\w-]+)\)", sheet.read_text())}
    assert {name for name in used if not name.startswith("--doc-")} == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=short)
def test_every_class_is_somewhere(sheet: Path) -> None:
    """A class that no template, no module and no script names styles nothing."""
    assert {
        name for name in sheets.classes(sheet.read_text()) - FROM_ELSEWHERE if not sheets.named_somewhere(name)
    } == set()


def test_a_component_has_one_sheet() -> None:
    """Two sheets about the same class are one component in two places. What every page loads may be completed by what
    stands in it, and the colours of drawings stand apart.
    """
    ground = sheets.loaded("base.html") | set(sheets.GROUND)
    shared = {name: own - {"drawing"} for name, own in sheets.owners().items() if not own & ground}
    assert {name: own for name, own in shared.items() if len(own) > 1} == {}


@pytest.mark.parametrize("page", sheets.pages())
def test_a_page_loads_the_sheets_of_what_it_shows(page: str) -> None:
    loaded = sheets.loaded(page) | set(sheets.GROUND)
    known = {name for sheet in loaded for name in sheets.classes(sheets.read(sheet))} | sheets.bootstrap()
    missing = {name: own for name, own in sheets.owners().items() if name not in known and sheets.used(page).has(name)}
    assert missing == {}


@pytest.mark.parametrize("page", sheets.pages())
def test_a_page_loads_no_sheet_of_what_it_does_not_show(page: str) -> None:
    everywhere = sheets.loaded("base.html") | sheets.loaded("plain.html")
    for sheet in sheets.loaded(page) - everywhere:
        about = sheets.subjects(sheets.read(sheet))
        assert any(sheets.used(page).has(name) for name in about), sheet


@pytest.mark.parametrize("page", sheets.pages())
def test_a_page_keeps_the_sheets_of_the_page_that_it_extends(page: str) -> None:
    for block in re.findall(
        r"\{% block styles %\}(.*?)\{% endblock", (sheets.TEMPLATES / page).read_text(), flags=re.S
    ):
        assert page == "base.html" or "block.super" in block


@pytest.mark.parametrize("template", sorted(sheets.TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_only_the_block_of_styles_loads_styles(template: Path) -> None:
    text = re.sub(r"\{% block styles %\}.*?\{% endblock styles %\}", "", template.read_text(), flags=re.S)
    if template.relative_to(sheets.TEMPLATES).as_posix() not in sheets.STANDALONE:
        assert "{% styles" not in text
        assert 'rel="stylesheet"' not in text


def test_every_sheet_is_loaded_by_a_page() -> None:
    loaded = frozenset().union(*(sheets.loaded(page) for page in sheets.pages()))
    assert loaded == {sheet.stem for sheet in sheets.COMPONENTS.glob("*.css")}


def test_a_report_s_sheets_are_not_loaded_where_nothing_reports() -> None:
    assert not sheets.loaded("followup/my_day.html") & {"report", "figures", "board", "scope", "search", "run", "esf"}


class TestDocuments:
    def test_a_drawing_holds_the_colours_of_the_theme(self) -> None:
        theme = (sheets.CSS / "theme.css").read_text()
        drawn = with_drawing_style('<svg class="chart-drawing" width="1"><rect class="chart-bar"></rect></svg>')
        for name in ("--chart-1", "--chart-track", "--bar-used", "--bar-stop"):
            value = re.search(rf"{name}: ([^;]+);", theme)
            assert value is not None
            assert value[1] in drawn
        assert drawn.startswith('<svg class="chart-drawing" width="1"><style>')
        assert "var(" not in drawn

    def test_a_clock_drawn_on_paper_too(self) -> None:
        assert "<style>" in with_drawing_style('<svg class="clock-bar" height="8"></svg>')

    def test_an_icon_is_left_alone(self) -> None:
        icon = '<svg class="icon" width="16"></svg><svg class="chart-drawing-not"></svg>'
        assert with_drawing_style(icon) == icon

    def test_no_variable_is_left_in_a_document_s_style(self) -> None:
        for sheet in PAPERS:
            assert "var(" not in document_style(f"papers/{sheet.stem}")

    def test_a_variable_that_no_theme_declares_is_an_error(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sheet = tmp_path / "lost.css"
        sheet.write_text("p { color: var(--nowhere); }")
        there = finders.find
        monkeypatch.setattr(finders, "find", lambda path: str(sheet) if "lost" in path else there(path))
        with pytest.raises(KeyError, match="--nowhere"):
            document_style("lost")

    def test_what_a_dark_screen_alone_says_is_not_printed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sheet = tmp_path / "theme.css"
        sheet.write_text(
            ":root { --one: #111; }\n"
            "@media (prefers-color-scheme: dark) { :root { --one: #eee; } }\n"
            "p { color: var(--one); }"
        )
        monkeypatch.setattr(stylesheets, "THEMES", ("dark",))
        monkeypatch.setattr(finders, "find", lambda path: str(sheet))
        stylesheets._tokens.cache_clear()
        try:
            assert "p { color: #111; }" in document_style("dark")
        finally:
            stylesheets._tokens.cache_clear()
