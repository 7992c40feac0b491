"""What opens pre-hire, and what is worked on."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import ObjectiveState, ObstacleKind, ObstacleState
from beneficiaries.forms.papers import PaperFileField
from beneficiaries.rules.agreements import AgreementKind
from foundation.forms import AncrageForm, FrenchDateField, SubmissionIdMixin
from foundation.layouts import Layout, Row, Section


def agreement_choices() -> list[tuple[str, str]]:
    """The documents in the order in which they are signed, in the language of whoever reads."""
    return [(kind.value, capfirst(str(kind.label))) for kind in AgreementKind]


class CoachabilityForm(AncrageForm):
    """The four conditions, seen with the person."""

    volunteer = forms.BooleanField(label=_("Elle est volontaire"), required=False)
    informed = forms.BooleanField(
        label=_("Elle est informée de la méthode"),
        required=False,
        help_text=_("Les cinq phases, les 24 mois, le suivi dans l’entreprise, ce que l’on attend de part et d’autre."),
    )
    available = forms.BooleanField(label=_("Elle est disponible tout de suite"), required=False)
    ordinary_job = forms.BooleanField(label=_("Elle est en mesure d’aller vers un emploi ordinaire"), required=False)
    checked_on = FrenchDateField(label=_("Vues ensemble le"), not_future=True)

    layout = Layout(
        Section(
            _("Les quatre conditions"),
            "volunteer",
            "informed",
            "available",
            "ordinary_job",
            help_text=_("Cochez ce qui est réuni. Ce qui manque pourra être revu plus tard."),
        ),
        "checked_on",
    )


class AgreementForm(AncrageForm):
    """A signed document."""

    kind = forms.ChoiceField(label=_("Document signé"), choices=agreement_choices, widget=forms.RadioSelect)
    signed_on = FrenchDateField(label=_("Signé le"), not_future=True)
    third_party = forms.CharField(
        label=_("Autre partie signataire"),
        required=False,
        max_length=150,
        help_text=_("Pour une convention tripartite : le FOREM, le CPAS…"),
    )
    signatories = forms.CharField(
        label=_("Signataires"),
        required=False,
        max_length=300,
        help_text=_("Qui a signé, et pour qui."),
    )
    file = PaperFileField(label=_("Document scanné"), required=False, help_text=_("PDF, JPEG ou PNG, 10 Mo au plus."))

    def __init__(self, *args: Any, signed: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What is signed already leaves the list, unless a stale page sends it: the service then says so.
        if not self.is_bound:
            field: Any = self.fields["kind"]
            field.choices = [choice for choice in agreement_choices() if choice[0] not in signed]


class ObstacleForm(SubmissionIdMixin, AncrageForm):
    """Something that stands in the way."""

    kind = forms.ChoiceField(label=_("Frein"), choices=[("", _("Choisissez…")), *ObstacleKind.choices])
    identified_on = FrenchDateField(label=_("Identifié le"), not_future=True)
    note = forms.CharField(
        label=_("Précision"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ce qui bloque concrètement, et ce qui aiderait."),
    )


class ObstacleStateForm(AncrageForm):
    """Where work on an obstacle stands."""

    state = forms.ChoiceField(label=_("Où en est-on ?"), choices=ObstacleState.choices, widget=forms.RadioSelect)
    on = FrenchDateField(label=_("Depuis le"), not_future=True)
    note = forms.CharField(label=_("Précision"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ObjectiveForm(SubmissionIdMixin, AncrageForm):
    """A goal of the action plan."""

    title = forms.CharField(
        label=_("Objectif"),
        max_length=200,
        help_text=_("Ce que la personne veut atteindre, avec un verbe : « passer le permis », « refaire le CV »."),
    )
    set_on = FrenchDateField(label=_("Fixé le"), not_future=True)
    target_on = FrenchDateField(label=_("Échéance"), required=False)

    layout = Layout("title", Row("set_on", "target_on"))


class ObjectiveStateForm(AncrageForm):
    """What became of a goal."""

    state = forms.ChoiceField(label=_("Où en est-on ?"), choices=ObjectiveState.choices, widget=forms.RadioSelect)
    on = FrenchDateField(label=_("Depuis le"), not_future=True)


def last_before(first: date | None, last: date | None) -> bool:
    """Whether a period was typed the wrong way round."""
    return first is not None and last is not None and last < first


def refuse_half(first: date | None, last: date | None) -> None:
    """Refuse a past period of which one end alone is known, or typed the wrong way round.

    Raises:
        ValidationError: with the sentence for the field of the last day.
    """
    if (first is None) != (last is None):
        raise ValidationError(_("Écrivez le premier et le dernier jour de cette période."), code="half")
    if last_before(first, last):
        raise ValidationError(_("Le dernier jour précède le premier."), code="order")
