"""The light, closed markup of documents: what an organisation may write in a text, and nothing else.

A line that begins with ``# `` or ``## `` is a heading, lines that begin with ``- `` are a list, two stars on each side
make words **bold**, an empty line ends a paragraph. Everything else is text: no tag, no instruction is understood, so
that nothing typed can run. Two braces on each side name a field, ``{{personne.nom}}``, which `filled` replaces by its
value; the value is text too, and is never read again.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_FIELD = re.compile(r"\{\{([^{}\n]*)\}\}")
_HEADING = re.compile(r"(#{1,2})\s+(\S.*)")
_ITEM = "- "


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one face. `is_blank`: nothing is known, a place is left to be filled in by hand."""

    text: str
    bold: bool = False
    is_blank: bool = False


#: a line of text
Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2 below the title of the document."""

    level: int
    line: Line
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; the line breaks that were typed are kept."""

    lines: tuple[Line, ...]
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list: items typed one a line, each after a dash."""

    items: tuple[Line, ...]
    kind: str = "bullets"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, its column headers, its rows; the first cell of a row names it. `nothing` without rows."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    nothing: str = ""
    kind: str = "grid"


@dataclass(frozen=True, slots=True)
class Items:
    """A value of several lines, shown as a list where its field stands alone; `nothing` is said without any."""

    lines: tuple[str, ...]
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A value typed as a text of its own: paragraphs, headings and lists, but no field."""

    text: str


Block = Heading | Paragraph | Bullets | Grid
Value = str | Items | Grid | Prose
#: the values that make blocks of their own: their field stands alone on its line
STANDING_ALONE = (Grid, Prose)


def parse(text: str) -> tuple[Block, ...]:
    """Read a text; any text is one, there is no mistake to make."""
    return tuple(_blocks(_clean(text).split("\n")))


def _clean(text: str) -> str:
    """The text with one kind of line end, without the characters that no paper shows."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    paragraph: list[str] = []
    items: list[str] = []
    for raw in [*lines, ""]:
        line = raw.strip()
        heading = _HEADING.fullmatch(line)
        if items and line and not line.startswith(_ITEM) and not heading and raw.startswith(" "):
            # An indented line goes on with the item above it.
            items[-1] += f" {line}"
            continue
        if paragraph and (not line or heading or line.startswith(_ITEM)):
            yield Paragraph(tuple(_line(one) for one in paragraph))
            paragraph = []
        if items and not line.startswith(_ITEM):
            yield Bullets(tuple(_line(item) for item in items))
            items = []
        if heading:
            yield Heading(len(heading[1]), _line(heading[2]))
        elif line.startswith(_ITEM):
            items.append(line.removeprefix(_ITEM).strip())
        elif line:
            paragraph.append(line)


def _line(text: str) -> Line:
    runs: list[Run] = []
    end = 0
    for found in _BOLD.finditer(text):
        if found.start() > end:
            runs.append(Run(text[end : found.start()]))
        runs.append(Run(found[1], bold=True))
        end = found.end()
    if end < len(text):
        runs.append(Run(text[end:]))
    return tuple(runs)


# --- fields -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention:
    """A field named in a text: as it was written between the braces, and whether it stands alone on its line."""

    written: str
    alone: bool


def mentions(text: str) -> list[Mention]:
    """Every field that a text names, in order."""
    return [
        Mention(written.strip(), alone=_stands_alone(block))
        for block in parse(text)
        for line in _lines_of(block)
        for run in line
        for written in _FIELD.findall(run.text)
    ]


def _stands_alone(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(block.lines) == 1 and _sole_field(block.lines[0]) is not None


def _lines_of(block: Block) -> tuple[Line, ...]:
    if isinstance(block, Heading):
        return (block.line,)
    if isinstance(block, Paragraph):
        return block.lines
    return block.items if isinstance(block, Bullets) else ()


def _sole_field(line: Line) -> str | None:
    """The field that a line consists of, if it is one."""
    if len(line) != 1:
        return None
    found = _FIELD.fullmatch(line[0].text.strip())
    return found[1].strip() if found else None


def filled(blocks: Iterable[Block], values: Mapping[str, Value], name_of: Callable[[str], str]) -> tuple[Block, ...]:
    """Replace the fields of a text by their values; `name_of` gives the key of a value from what was written.

    What no value answers to stays as it was written. An empty value leaves a blank to be filled in by hand.
    """
    return tuple(done for block in blocks for done in _filled_block(block, values, name_of))


def _filled_block(block: Block, values: Mapping[str, Value], name_of: Callable[[str], str]) -> Iterator[Block]:
    def fill(line: Line) -> Line:
        return tuple(run for written in line for run in _filled_run(written, values, name_of))

    if isinstance(block, Grid):
        yield block
    elif isinstance(block, Heading):
        yield replace(block, line=fill(block.line))
    elif isinstance(block, Paragraph):
        field = _sole_field(block.lines[0]) if _stands_alone(block) else None
        value = values.get(name_of(field)) if field is not None else None
        if value is None or isinstance(value, str):
            yield Paragraph(tuple(fill(line) for line in block.lines))
        else:
            yield from blocks_of(value)
    else:
        yield Bullets(tuple(_filled_items(block.items, values, name_of, fill)))


def _filled_items(
    items: Iterable[Line], values: Mapping[str, Value], name_of: Callable[[str], str], fill: Callable[[Line], Line]
) -> Iterator[Line]:
    """The items of a list; a field of several lines makes as many items."""
    for item in items:
        field = _sole_field(item)
        value = values.get(name_of(field)) if field is not None else None
        if isinstance(value, Items):
            yield from (_plain(line) for line in value.lines or (value.nothing,))
        else:
            yield fill(item)


def _filled_run(run: Run, values: Mapping[str, Value], name_of: Callable[[str], str]) -> Iterator[Run]:
    end = 0
    for found in _FIELD.finditer(run.text):
        value = values.get(name_of(found[1].strip()))
        if value is None:
            continue
        if found.start() > end:
            yield replace(run, text=run.text[end : found.start()])
        words = one_line(in_words(value))
        yield replace(run, text=words, is_blank=not words)
        end = found.end()
    if end < len(run.text):
        yield replace(run, text=run.text[end:])


def blocks_of(value: Items | Grid | Prose) -> tuple[Block, ...]:
    """The blocks that a value makes by itself."""
    if isinstance(value, Prose):
        return parse(value.text) or (Paragraph(((Run("", is_blank=True),),)),)
    if isinstance(value, Grid):
        return (value,) if value.rows else (Paragraph((_plain(value.nothing),)),)
    if not value.lines:
        return (Paragraph((_plain(value.nothing),)),)
    return (Bullets(tuple(_plain(line) for line in value.lines)),)


def in_words(value: Value) -> str:
    """A value inside a sentence."""
    if isinstance(value, Items):
        return ", ".join(value.lines) or value.nothing
    if isinstance(value, Prose):
        return value.text
    return value if isinstance(value, str) else value.nothing


def _plain(text: str) -> Line:
    words = one_line(text)
    return (Run(words, is_blank=not words),)


def one_line(text: str) -> str:
    """The words on one line; the spaces that French typography does not break are kept."""
    return re.sub(r"[ \n]+", " ", _clean(text)).strip()


def text_of(blocks: Iterable[Block]) -> str:
    """All the words of a document, one line each: what a search or a check reads."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Grid):
            lines += [block.caption, *(cell for row in (block.headers, *block.rows) for cell in row)]
        else:
            lines += ["".join(run.text for run in line) for line in _lines_of(block)]
    return "\n".join(lines)
