"""Why something is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.forms import AncrageForm

OTHER = "autre"


class TakeBackForm(AncrageForm):
    """The commonest reasons, or one in one's own words."""

    motive = forms.ChoiceField(label=_("Motif"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Précision"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Le motif reste dans l’historique, avec votre nom et la date."),
    )

    def __init__(self, *args: Any, reasons: Sequence[str | Promise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        motive = self.fields["motive"]
        if isinstance(motive, forms.ChoiceField):
            motive.choices = [*((str(words), words) for words in reasons), (OTHER, _("Autre motif"))]

    def clean(self) -> dict[str, Any]:
        """Another reason is told."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("motive") == OTHER and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Dites le motif, en quelques mots."))
        return data

    @property
    def why(self) -> str:
        """The reason as it is kept."""
        motive, words = self.cleaned_data["motive"], self.cleaned_data["reason"].strip()
        if motive == OTHER:
            return str(words)
        return f"{motive} : {words}" if words else str(motive)
