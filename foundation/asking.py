"""« Are you sure? », asked once: what is possible and unlikely is neither refused nor guessed.

A service raises its questions with :func:`ask`; the form shows each beside its field with a box to tick; what was
answered comes back in the statement's ``confirmed`` and is kept in the trail (docs/decisions, « asked once »).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.errors import DomainError
from foundation.formatting import date_words
from foundation.rules.dates import DEFAULT, DateBounds
from foundation.unit_of_work import note_answer


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, about which field, and the words of the box that says yes.

    The code holds the value that is asked about: another value is another question.
    """

    code: str
    sentence: str
    field: str | None
    answer: str


class Unconfirmed(DomainError):
    """Somebody must say that it is really meant; `questions` are all those of the act, answered ones included."""

    def __init__(self, questions: Sequence[Question], confirmed: frozenset[str]) -> None:
        self.questions = tuple(questions)
        self.waiting = tuple(question for question in questions if question.code not in confirmed)
        first = self.waiting[0]
        super().__init__("unconfirmed", first.sentence, field=first.field)


def ask(questions: Sequence[Question], confirmed: frozenset[str]) -> None:
    """Let the act go on when all is answered; the answers are kept with every row that it writes from then on.

    An act asks before it writes.

    Raises:
        Unconfirmed: `confirmed` lacks the code of one of them.
    """
    if any(question.code not in confirmed for question in questions):
        raise Unconfirmed(questions, confirmed)
    for question in questions:
        note_answer(question.code, question.sentence)


def about_unlikely_date(day: date | None, field: str, bounds: DateBounds = DEFAULT) -> list[Question]:
    """The question about a day that is far from what is usual; none about a usual one, nor an impossible one."""
    on = today()
    if day is None or bounds.fault_of(day, on) is not None or not bounds.is_unlikely(day, on):
        return []
    year = {"year": day.year, "date": date_words(day)}
    return [
        Question(
            code=f"unlikely:{field}:{day.isoformat()}",
            sentence=_("Est-ce bien %(year)s ? Le %(date)s est une date inhabituelle ici.") % year,
            field=field,
            answer=_("Oui, c’est bien %(year)s") % year,
        )
    ]
