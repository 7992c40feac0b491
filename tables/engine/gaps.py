"""What is missing before a report may be submitted: on whom, what, and where it is filled in."""

from dataclasses import dataclass
from uuid import UUID

from tables.engine.tables import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One datum that is missing.

    Attributes:
        case_id: the case it concerns, or the row that `subject` says.
        person: whose, as a reader names them.
        code: the stable name of the datum, the same for everybody whom it misses.
        what: the datum in words (« niveau d’études à l’entrée »).
        url: the page that asks for it, with the anchor of the very field.
        permission: what one must be allowed on the case to fill it in; whoever is not is told who can.
        subject: a row of what it concerns; a case, as a rule.
    """

    case_id: UUID
    person: str
    code: str
    what: str
    url: str
    permission: str = "beneficiaries.change_case"
    subject: Subject = Subject.CASE
