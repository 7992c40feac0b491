"""What a first visit costs: all that the page of the morning loads, compressed as it is served."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from foundation.typefaces import FACES
from tests.interface import sheets

pytestmark = pytest.mark.once

PAGE = "followup/my_day.html"
# In bytes. The page itself, with thirty people, is some 15 kB more: 150 kB in all.
STATIC, FONTS, SCRIPTS = 135_000, 80_000, 40_000


def place(path: str) -> Path:
    found = finders.find(path)
    assert isinstance(found, str), path
    return Path(found)


def served(path: str) -> int:
    """The bytes of a file as they travel: what is compressed already is left as it is."""
    content = place(path).read_bytes()
    return len(content) if path.endswith(".woff2") else min(len(content), len(gzip.compress(content, 9)))


def modules(path: str, seen: set[str] | None = None) -> set[str]:
    """A script and those that it imports, and those that they import."""
    seen = set() if seen is None else seen
    if path not in seen:
        seen.add(path)
        for other in re.findall(r'(?:from|import) "\./([^"]+)"', place(path).read_text()):
            modules(f"ancrage/js/{other}", seen)
    return seen


def loaded() -> dict[str, int]:
    base = (sheets.TEMPLATES / "base.html").read_text()
    paths = set(re.findall(r'(?:href|src)="\{% static "([^"]+)" %\}"', base))
    paths |= {f"ancrage/css/components/{name}.css" for name in sheets.loaded(PAGE)}
    paths |= {name for script in [one for one in paths if one.startswith("ancrage/js/")] for name in modules(script)}
    paths |= {
        f"fonts/{name}" for name in re.findall(r"fonts/([\w-]+\.woff2)", place("ancrage/css/base.css").read_text())
    }
    return {path: served(path) for path in paths}


def test_the_first_visit_of_the_morning_is_light() -> None:
    weights = loaded()
    assert len(weights) > 25
    assert sum(weights.values()) < STATIC, sorted(weights.items(), key=lambda item: -item[1])[:8]
    assert sum(size for path, size in weights.items() if path.endswith(".woff2")) < FONTS
    assert sum(size for path, size in weights.items() if path.endswith(".js")) < SCRIPTS


def test_no_piece_of_bootstrap_is_loaded_beside_its_ground() -> None:
    """Its whole sheet is 232 kB, of which pages used sixteen classes."""
    for name in ("base.html", "plain.html"):
        found = re.findall(r'static "(bootstrap/[^"]+)"', (sheets.TEMPLATES / name).read_text())
        assert found == ["bootstrap/css/bootstrap-reboot.min.css"]


def test_the_typefaces_are_asked_for_with_the_page_and_never_move_it() -> None:
    base, rules = (sheets.TEMPLATES / "base.html").read_text(), place("ancrage/css/base.css").read_text()
    asked = set(
        re.findall(r'rel="preload" as="font" type="font/woff2" crossorigin href="\{% static "fonts/([^"]+)"', base)
    )
    assert asked == set(re.findall(r"fonts/([\w-]+\.woff2)", rules)) == {face.name for face in FACES}
    assert rules.count("font-display: optional") == rules.count("woff2") / 2 == len(FACES)
