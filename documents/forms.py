"""What is asked to make a document, to write its text, to set the letterhead."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import PaperLanguage
from documents.models import LONGEST_TEXT
from documents.paper.kinds import KindSpec
from documents.paper.order import Order
from documents.rules.markup import parse, text_of
from foundation.clock import today
from foundation.forms import AncrageForm, FrenchDateField, SubmissionIdMixin
from foundation.layouts import Layout, Row
from placements.models import Employment

# Every input that some kind asks for, in the order of the form.
_INPUTS = ("employment", "third_party", "usage", "address", "subject", "text")


class DocumentForm(SubmissionIdMixin, AncrageForm):
    """The few inputs of a document; a kind keeps the fields that are its own."""

    employment = forms.ChoiceField(label=_("Contrat de travail"))
    third_party = forms.CharField(
        label=_("Autre partie"), max_length=150, help_text=_("Qui signe avec la personne et vous : le FOREM, le CPAS…")
    )
    usage = forms.CharField(
        label=_("À quoi elle sert"),
        max_length=100,
        required=False,
        help_text=_("Quelques mots qui finissent la phrase : « pour le CPAS ». Sans rien : « à toutes fins utiles »."),
    )
    address = forms.CharField(
        label=_("Destinataire"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Le nom, puis l’adresse, une ligne par ligne."),
    )
    subject = forms.CharField(label=_("Objet"), max_length=150)
    text = forms.CharField(
        label=_("Texte de la lettre"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "Une ligne vide sépare deux paragraphes, « - » commence une liste, **deux étoiles** mettent en gras."
        ),
    )
    dated_on = FrenchDateField(label=_("Date du document"))
    language = forms.ChoiceField(label=_("Langue du document"), choices=PaperLanguage.choices, required=False)

    layout = Layout(*_INPUTS, Row("dated_on", "language"))

    def __init__(self, *args: Any, spec: KindSpec, jobs: Sequence[Employment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.jobs = {str(job.pk): job for job in jobs}
        for name in _INPUTS:
            if name not in spec.inputs:
                del self.fields[name]
        if "employment" in self.fields:
            choices = [(key, str(job)) for key, job in self.jobs.items()]
            cast("forms.ChoiceField", self.fields["employment"]).choices = choices

    def order(self) -> Order:
        data = self.cleaned_data
        return Order(
            dated_on=data["dated_on"],
            employment=self.jobs.get(data.get("employment", "")),
            third_party=data.get("third_party", ""),
            usage=data.get("usage", ""),
            address=data.get("address", ""),
            subject=data.get("subject", ""),
            text=data.get("text", ""),
            language=data["language"],
        )


class KeepSheetForm(SubmissionIdMixin, AncrageForm):
    """Nothing to type: a sheet is made as the session stands."""


class TemplateForm(SubmissionIdMixin, AncrageForm):
    """The next version of a text. The fields it may name are listed beside it."""

    title = forms.CharField(label=_("Titre"), max_length=150)
    body = forms.CharField(
        label=_("Texte"),
        max_length=LONGEST_TEXT,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 26, "class": "text-of-document"}),
        help_text=_(
            "« # » commence un titre, « ## » un sous-titre, « - » une liste, **deux étoiles** mettent en gras, "
            "une ligne vide sépare deux paragraphes. Les champs entre accolades prennent la valeur du dossier."
        ),
    )
    valid_from = FrenchDateField(
        label=_("En vigueur à partir du"), help_text=_("Les documents déjà faits gardent leur texte.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = today

    def clean_title(self) -> str:
        """A title has words."""
        title: str = self.cleaned_data["title"]
        if not text_of(parse(title)).strip():
            raise forms.ValidationError(_("Écrivez un titre."), code="title")
        return title


class LetterheadForm(AncrageForm):
    """The logo and the line at the foot; the name, the address and the numbers are those of the organisation."""

    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=_("PNG ou JPEG, 1 Mo au plus. Il s’imprime sur 62 millimètres de large au plus."),
    )
    without_logo = forms.BooleanField(label=_("Retirer le logo actuel"), required=False)
    footer = forms.CharField(
        label=_("Pied de page"),
        max_length=300,
        required=False,
        help_text=_("Une ligne au bas de chaque page : agrément, compte bancaire, site."),
    )

    def __init__(self, *args: Any, has_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_logo:
            del self.fields["without_logo"]
