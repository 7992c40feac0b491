"""The words by which a text of a row is found, kept beside it (docs/decisions/0029-searching-notes.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from foundation.rules.words import words_index

if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField


class WordsField(_TextField):
    """The words of another field of the row, ``of``, by which it is found; true whoever writes, in bulk as well.

    A statement that updates rows without reading them leaves it behind: nothing in the product writes so.
    """

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        kwargs |= {"blank": True, "default": "", "editable": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Keep ``of`` in migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """As the text stands now."""
        words = words_index(getattr(model_instance, self.of) or "")
        setattr(model_instance, self.attname, words)
        return words
