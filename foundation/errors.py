"""What a service raises when the rules of the trade refuse an act."""


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

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()
