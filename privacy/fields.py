"""Model fields whose content the database never sees in clear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models

from privacy.cipher import blind_index, decrypt, encrypt

__all__ = ["EncryptedTextField", "blind_index"]

if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField


class EncryptedTextField(_TextField):
    """Text encrypted on its way to the database. None and "" are stored as they are.

    ``context`` names the place ("beneficiaries.beneficiary.niss"); it is bound to every value, so renaming it makes
    the stored values unreadable. The field cannot be searched or sorted: keep a ``blind_index`` beside it.
    """

    def __init__(self, *args: Any, context: str, **kwargs: Any) -> None:
        self.context = context
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Keep ``context`` in migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "context": self.context}

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt what goes to the database."""
        text = super().get_prep_value(value)
        return encrypt(text, self.context) if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Decrypt what comes from the database. Raises ``privacy.cipher.TamperedValue``."""
        return decrypt(value, self.context) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only emptiness can be asked: equal texts are stored differently, so any other search would find nothing."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: search its blind index instead.")
        return super().get_lookup(lookup_name)
