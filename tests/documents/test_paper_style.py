"""What is printed can be read, and is drawn with the typefaces of the house."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SMALLEST = 9.5
PAPERS = Path(settings.BASE_DIR) / "static/ancrage/css/papers"
MARGINS = re.compile(r"@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}")
SIZE = re.compile(r"font(?:-size)?:[^;}]*?([\d.]+)pt")


@pytest.mark.parametrize("name", ["paper", "report", "inspection"])
def test_what_is_read_on_paper_is_not_smaller_than_it_can_be_read(name) -> None:
    style = (PAPERS / f"{name}.css").read_text(encoding="utf-8")
    sizes = [float(size) for size in SIZE.findall(MARGINS.sub("", style))]
    assert sizes
    assert min(sizes) >= SMALLEST
    assert "monospace" not in style


@pytest.mark.parametrize("component", ["table", "row"])
def test_paper_is_not_laid_out_as_a_telephone(component) -> None:
    style = (PAPERS.parent / "components" / f"{component}.css").read_text(encoding="utf-8")
    stacking = style.index("display: block")
    assert style.rindex("@media", 0, stacking) == style.rindex("@media screen and", 0, stacking)
