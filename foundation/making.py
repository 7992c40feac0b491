"""What one looks for and nobody wrote down yet: written from where one chooses, by a small sheet inside the form.

The form around it is not judged meanwhile and keeps every word. The room that owns the rows says who may write one,
what the sheet asks, which rows it may well be already, and which service writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms.utils import ErrorDict

from foundation.errors import DomainError

# The buttons: « Créer l’entreprise « X » » shows the sheet, « Créer et choisir » sends it.
OPEN = "creer"
WRITE = "creer-oui"
# The fields of the sheet, beside that of the choice; this one says that the page showed it.
SHEET = "{}-nouveau"
SHOWN = "{}-nouveau-ouvert"
MOST_PROBABLE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """How a row of a source is written by whoever does not find it.

    Attributes:
        may: whether this user may write one in the organisation where they work.
        offer: what the proposal says of the words typed.
        title: what stands over the sheet.
        sheet: the form of the sheet, for a user; what comes after goes to the form.
        initial: what the words typed say already.
        probable: the rows that they may well name, spelt in another way.
        write: the service; it gives the row.
    """

    may: Callable[[Any], bool]
    offer: Callable[[str], str]
    title: Callable[[], str]
    sheet: Callable[..., Any]
    initial: Callable[[str], Mapping[str, Any]]
    probable: Callable[[Any, str], list[Any]]
    write: Callable[[Any, Any], Any]


@dataclass(slots=True)
class Making:
    """The sheet of one field, as one request sent it: shown, refused, or written."""

    maker: Maker
    viewer: Any
    name: str
    typed: str
    data: Mapping[str, Any]
    files: Any
    sheet: Any = None
    made: Any = None

    @property
    def is_sent(self) -> bool:
        """Whether « Créer et choisir » was pressed."""
        return self.data.get(WRITE) == self.name

    def read(self) -> None:
        """Show the sheet: as it was sent when the page had it, else with what the words typed say."""
        prefix = SHEET.format(self.name)
        if SHOWN.format(self.name) in self.data:
            self.sheet = self.maker.sheet(self.viewer, data=self.data, files=self.files, prefix=prefix)
            if not self.is_sent:
                # It is still being written: nobody judges it.
                self.sheet._errors, self.sheet.cleaned_data = ErrorDict(), {}
        else:
            self.sheet = self.maker.sheet(self.viewer, prefix=prefix, initial=dict(self.maker.initial(self.typed)))

    def write(self) -> None:
        """Write the row of a sheet that is right; one that is not shows what is wrong."""
        self.read()
        if not self.sheet.is_valid():
            return
        try:
            self.made = self.maker.write(self.viewer, self.sheet)
        except DomainError as error:
            self.sheet.add_domain_error(error)


def wants_sheet(data: Mapping[str, Any], name: str) -> bool:
    """Whether the page shows, or goes on showing, the sheet of a field."""
    return data.get(OPEN) == name or data.get(WRITE) == name or SHOWN.format(name) in data
