"""Style sheets for documents, which no browser draws: every variable is replaced by what the theme says.

The library that draws PDFs knows no variable in a drawing (SVG) nor in the margin of a page. Documents so keep the one
place where a colour is declared: a colour of the clocks or of a chart is changed in ``css/theme.css`` and nowhere else.
"""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

# The screen's values, then those that only paper has.
THEMES = ("theme", "papers/theme")
DRAWING = "components/drawing"

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@(?:media|supports|container)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_ROOT = re.compile(r":root\s*\{([^{}]*)\}")
_TOKEN = re.compile(r"(--[\w-]+)\s*:\s*([^;]+);")
_VAR = re.compile(r"var\((--[\w-]+)\)")
_DRAWN = re.compile(
    r'<svg\b[^>]*\bclass="(?:[^"]*\s)?(?:chart-drawing|clock-bar|clock-key|chain-sign|trail-drawing)[\s"][^>]*>'
)


def document_style(*names: str) -> str:
    """The sheets ``css/<name>.css``, one after the other, with their variables replaced.

    Raises:
        FileNotFoundError: there is no such sheet.
        KeyError: a sheet names a variable that no theme declares.
    """
    return "\n".join(_resolved(_read(name)) for name in names)


def with_drawing_style(html: str) -> str:
    """A document whose drawings hold their own colours."""
    style = f"<style>{_COMMENT.sub('', document_style(DRAWING))}</style>"
    return _DRAWN.sub(lambda found: found[0] + style, html)


@cache
def _tokens() -> dict[str, str]:
    """What the themes declare for every reader: what they say to a dark screen alone is no business of a document."""
    found: dict[str, str] = {}
    for theme in THEMES:
        for block in _ROOT.findall(_AT_RULE.sub("", _COMMENT.sub("", _read(theme)))):
            found.update((name, value.strip()) for name, value in _TOKEN.findall(block))
    return found


def _resolved(text: str) -> str:
    while _VAR.search(text):
        text = _VAR.sub(lambda found: _tokens()[found[1]], text)
    return text


@cache
def _read(name: str) -> str:
    path = finders.find(f"ancrage/css/{name}.css")
    if path is None:
        raise FileNotFoundError(f"ancrage/css/{name}.css")
    return Path(str(path)).read_text(encoding="utf-8")
