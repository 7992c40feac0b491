"""The forms of a page, read as a browser would, and filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_TEXT = frozenset({"text", "search", "email", "tel", "number", "date", "time", "url"})


@dataclass
class Field:
    """What a name may be answered with: `choices` of a list or of boxes, or what somebody types."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)
    # What the page shows as typed, ticked or chosen.
    shown: list[str] = field(default_factory=list)
    is_date: bool = False
    is_number: bool = False


@dataclass
class Form:
    """A form: how it is sent, and its fields in order."""

    method: str
    action: str
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def judged(self) -> list[Field]:
        """The fields that take a day or a number."""
        return [one for one in self.fields.values() if one.is_date or one.is_number]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.chosen: Field | None = None
        self.typing: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(told.get("method", "get").lower(), told.get("action", ""))
            self.forms.append(self.open)
        if self.open is None:
            return
        if tag == "option" and self.chosen is not None and told.get("value"):
            self.chosen.choices.append(told["value"])
            if "selected" in told:
                self.chosen.shown.append(told["value"])
        name = told.get("name", "")
        if not name or "disabled" in told or tag not in {"input", "select", "textarea"}:
            return
        kind = told.get("type", "text").lower() if tag == "input" else tag
        known = self.open.fields.setdefault(name, Field(name, kind, told.get("value", "")))
        if kind in {"radio", "checkbox"}:
            known.choices.append(told.get("value", "on"))
            if "checked" in told:
                known.shown.append(told.get("value", "on"))
        elif tag == "input" and kind not in {"submit", "file"}:
            known.shown.append(told.get("value", ""))
        elif tag == "textarea":
            known.shown.append("")
            self.typing = known
        known.is_date |= "data-date-field" in told
        known.is_number |= kind == "number" or (
            kind in _TEXT and told.get("inputmode") in {"numeric", "decimal"} and not known.is_date
        )
        self.chosen = known if tag == "select" else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        if tag == "select":
            self.chosen = None
        if tag == "textarea":
            self.typing = None

    def handle_data(self, data: str) -> None:
        if self.typing is not None:
            self.typing.shown[-1] += data


def forms_of(page: str) -> list[Form]:
    """The forms of a page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
