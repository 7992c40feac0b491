"""What templates name exists: icons, style classes; and what they may not hold is not there."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# Styled by a document's own sheet (PDF) or by nothing: e-mails carry no class.
ELSEWHERE = ("/pdf/", "/email")


def package_folder(name: str) -> Path:
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


@cache
def icons() -> frozenset[str]:
    with ZipFile(package_folder("lucide") / "lucide.zip") as drawings:
        return frozenset(Path(name).stem for name in drawings.namelist())


@cache
def styled() -> frozenset[str]:
    sheets = [
        *(ROOT / "static" / "ancrage").rglob("*.css"),
        package_folder("bootstrap_wrapper").parent / "bootstrap/css/bootstrap.css",
    ]
    return frozenset(re.findall(r"\.([a-zA-Z][\w-]*)", "\n".join(sheet.read_text() for sheet in sheets)))


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=short)
def test_every_icon_of_a_template_is_drawn(template: Path) -> None:
    named = re.findall(r'{%\s*icon\s+"([\w-]+)"|icon_name="([\w-]+)"', template.read_text())
    assert {name for pair in named for name in pair if name} <= icons()


def test_every_icon_that_code_names_is_drawn() -> None:
    named = {
        (name, short(path))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for name in re.findall(r'\bicon(?:_name)?\s*[=:]\s*"([\w-]+)"', path.read_text())
    }
    assert not [pair for pair in sorted(named) if pair[0] not in icons()]


@pytest.mark.parametrize(
    "template", [t for t in TEMPLATES if not any(part in short(t) for part in ELSEWHERE)], ids=short
)
def test_every_class_has_a_look(template: Path) -> None:
    """A family of classes that no sheet knows is a page that was never looked at.

    One name of a family may be there for a script or for whoever reads the source (`sheet-body` beside `sheet`).
    """
    families = {name.split("-")[0] for name in styled()}
    named: set[str] = set()
    for value in re.findall(r'class="((?:\{%.*?%\}|\{\{.*?\}\}|[^"{])*)"', template.read_text()):
        # A name made with a variable is the business of what gives the variable; the others are written whole.
        whole = re.sub(r"\{%.*?%\}", " ", re.sub(r"[\w-]*\{\{.*?\}\}[\w-]*", " ", value))
        named.update(whole.split())
    assert {name for name in named if name.split("-")[0] not in families} == set()


def test_no_style_names_a_font_or_a_file_from_elsewhere() -> None:
    for sheet in (ROOT / "static" / "ancrage").rglob("*.css"):
        text = sheet.read_text()
        assert "http" not in text, sheet.name
        assert "data:" not in text, sheet.name
        assert "@import" not in text, sheet.name
