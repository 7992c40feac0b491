"""Papers and the files that keep them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries.enums import EvidenceKind
from beneficiaries.rules.papers import HEAD, MAX_BYTES, paper_type
from foundation.forms import AncrageForm, FrenchDateField, SubmissionIdMixin
from foundation.layouts import Layout, Row

ACCEPTED = "application/pdf,image/jpeg,image/png"


class PaperFileField(forms.FileField):
    """A PDF, or a JPEG or PNG picture, of ten megabytes at most, judged by its content. ``camera`` takes a picture."""

    default_error_messages = {
        "empty": gettext_lazy("Ce fichier est vide."),
        "too_big": gettext_lazy("Ce fichier pèse plus de 10 Mo. Réduisez-le, ou photographiez une page à la fois."),
        "type": gettext_lazy("Ce fichier n’est ni un PDF, ni une photo JPEG ou PNG."),
    }

    def __init__(self, *, camera: bool = False, **kwargs: Any) -> None:
        attrs = {"accept": "image/jpeg,image/png", "capture": "environment"} if camera else {"accept": ACCEPTED}
        super().__init__(widget=forms.FileInput(attrs=attrs), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse early, beside the field, what the service would refuse."""
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > MAX_BYTES:
            raise ValidationError(self.error_messages["too_big"], code="too_big")
        file.seek(0)
        if paper_type(file.read(HEAD)) is None:
            raise ValidationError(self.error_messages["type"], code="type")
        file.seek(0)
        return file


class EvidenceForm(SubmissionIdMixin, AncrageForm):
    """A paper that was seen, with its scan or its picture when there is one."""

    kind = forms.ChoiceField(label=gettext_lazy("Pièce"), choices=[("", gettext_lazy("Choisissez…"))])
    dated_on = FrenchDateField(label=gettext_lazy("Date de la pièce"), not_future=True)
    label = forms.CharField(
        label=gettext_lazy("Précision"),
        required=False,
        max_length=150,
        help_text=gettext_lazy("Ce qui la distingue : un numéro, un organisme. Pas de nom de personne."),
    )
    file = PaperFileField(
        label=gettext_lazy("Fichier"), required=False, help_text=gettext_lazy("PDF, JPEG ou PNG, 10 Mo au plus.")
    )
    photo = PaperFileField(
        label=gettext_lazy("Ou une photo"),
        required=False,
        camera=True,
        help_text=gettext_lazy("Sur un téléphone, l’appareil photo s’ouvre."),
    )

    layout = Layout(Row("kind", "dated_on"), "label", Row("file", "photo"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        # A signed agreement is kept with its signature.
        kinds = [choice for choice in EvidenceKind.choices if choice[0] != EvidenceKind.AGREEMENT]
        kind.choices = [*kind.choices, *kinds]

    def clean(self) -> dict[str, Any] | None:
        """One file, not two."""
        data = super().clean()
        if self.cleaned_data.get("file") and self.cleaned_data.get("photo"):
            self.add_error("photo", ValidationError(_("Choisissez le fichier ou la photo, pas les deux."), code="two"))
        return data


class EvidenceReplaceForm(EvidenceForm):
    """The right paper in the place of a wrong one, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Motif"),
        max_length=300,
        help_text=gettext_lazy("Il reste dans l’historique, avec votre nom et la date."),
    )

    layout = Layout(Row("kind", "dated_on"), "label", Row("file", "photo"), "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [("", gettext_lazy("Choisissez…")), *EvidenceKind.choices]
