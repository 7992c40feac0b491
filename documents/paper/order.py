"""What is asked when a document is made."""

from dataclasses import dataclass
from datetime import date

from placements.models import Employment


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The few things that a document needs besides the case.

    Attributes:
        dated_on: the date that it carries; the version of the text is the one in force that day.
        employment: the contract that an agreement of follow-up is about.
        third_party: who signs a convention besides the person and the organisation.
        usage: what a certificate is for, in a few words.
        address: to whom a letter goes, one line each, the name first.
        subject: what a letter is about; `text`: what it says, in the markup of documents.
        language: the one that it is made in, a code of ``settings.LANGUAGES``; "" for that of the person.
    """

    dated_on: date
    employment: Employment | None = None
    third_party: str = ""
    usage: str = ""
    address: str = ""
    subject: str = ""
    text: str = ""
    language: str = ""

    @property
    def recipient(self) -> tuple[str, ...]:
        """The lines of the address."""
        return tuple(line.strip() for line in self.address.splitlines() if line.strip())
