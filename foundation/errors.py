"""What a service raises when the rules of the trade refuse an act."""

from collections.abc import Callable, Sequence


class DomainError(Exception):
    """A refusal that a person can understand and act upon.

    Views, commands and tasks show ``message`` and ``hint``, never a traceback; programs compare ``code``.
    """

    def __init__(self, code: str, message: str, *, field: str | None = None, hint: str = "") -> None:
        """Describe the refusal.

        ``code`` is stable and never shown; ``message`` is a French sentence; ``field`` is the name of the form field
        that the refusal is about, or None when it is about the whole act; ``hint`` says what can be done instead.
        """
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.field = field
        self.hint = hint
        #: What else is wrong with the same act, so that all of it is told in one wave.
        self.also: tuple[DomainError, ...] = ()

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


def refuse_together(refusals: Sequence[DomainError]) -> None:
    """Refuse an act for all that is wrong with it; let it go on when nothing is.

    Raises:
        DomainError: the first refusal, with the others in ``also``.
    """
    if refusals:
        first = refusals[0]
        first.also = tuple(refusals[1:])
        raise first


def refusals_of(check: Callable[[], object]) -> list[DomainError]:
    """What a check refuses: one refusal, or nothing."""
    try:
        check()
    except DomainError as error:
        return [error]
    return []
