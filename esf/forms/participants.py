"""Forms of the ESF+ record: entry, exit, six months after. They read and check; services write."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from esf.enums import Isced, Question, ResultSource
from esf.rules.indicators import Answer, EntryStatus, Nationality
from esf.selectors.proposals import Proposal
from foundation.forms import AncrageForm, FrenchDateField
from foundation.layouts import Layout, Row, Section

UNKNOWN = ("", _("pas encore demandé"))


def _question(label: Any, help_text: Any = "") -> forms.ChoiceField:
    """A question that one may decline."""
    return forms.ChoiceField(
        label=label,
        choices=[*Answer.choices, UNKNOWN],
        widget=forms.RadioSelect,
        required=False,
        help_text=help_text,
    )


class ProposingForm(AncrageForm):
    """A form whose first values may come from the case file: each says so, and nothing is written before it is sent."""

    reason = forms.CharField(
        label=_("Pourquoi cette correction"),
        max_length=300,
        required=False,
        help_text=_("Nécessaire quand une réponse déjà donnée change. L’historique garde l’ancienne."),
    )

    def __init__(self, *args: Any, proposals: Mapping[str, Proposal], corrects: bool, **kwargs: Any) -> None:
        """Show what is proposed beside its field; ask why only when something was given before."""
        proposed = {name: proposal.value for name, proposal in proposals.items()}
        kwargs["initial"] = proposed | {k: v for k, v in (kwargs.get("initial") or {}).items() if v not in ("", None)}
        super().__init__(*args, **kwargs)
        for name, proposal in proposals.items():
            field = self.fields[name]
            if proposal.why:
                said = _("Proposé d’après le dossier : %(why)s.") % {"why": proposal.why}
                field.help_text = f"{field.help_text} {said}".strip()
        self.proposes = bool(proposals)
        if not corrects:
            del self.fields["reason"]


class EsfEntryForm(ProposingForm):
    """The situation at the first entry. Everything may wait: what misses is told by the page of what is missing."""

    entry_on = FrenchDateField(
        label=_("Entrée dans le projet"),
        not_future=True,
        help_text=_("Le premier jour dans le projet. Elle ne change pas quand la personne revient."),
    )
    status = forms.ChoiceField(
        label=_("Situation à l’entrée"), choices=EntryStatus.choices, widget=forms.RadioSelect, required=False
    )
    unemployed_since = FrenchDateField(
        label=_("Sans emploi depuis le"),
        required=False,
        not_future=True,
        help_text=_("Seulement pour une personne sans emploi à l’entrée."),
    )
    isced = forms.TypedChoiceField(
        label=_("Niveau d’études le plus élevé obtenu"),
        choices=[("", _("pas encore demandé")), *Isced.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    nationality = forms.ChoiceField(
        label=_("Nationalité"), choices=[("", _("pas encore demandée")), *Nationality.choices], required=False
    )
    foreign_background = _question(
        Question.FOREIGN_BACKGROUND.label,
        _("La personne ou ses parents sont nés à l’étranger. Indépendant de la nationalité."),
    )
    disability = _question(Question.DISABILITY.label, _("Reconnu, par exemple par l’AVIQ."))
    minority = _question(Question.MINORITY.label, _("Y compris les communautés marginalisées comme les Roms."))
    homeless = _question(Question.HOMELESS.label)
    rural = _question(Question.RURAL.label)
    asked_on = FrenchDateField(label=_("Questions posées le"), required=False, not_future=True)
    proof = forms.CharField(
        label=_("Preuve que les questions ont été posées"),
        max_length=300,
        required=False,
        help_text=_("Par exemple « questionnaire signé, case cochée »."),
    )

    mark_optional = False
    layout = Layout(
        "entry_on",
        Section(_("Travail, études, nationalité"), "status", "unemployed_since", "isced", "nationality"),
        Section(
            _("Questions que la personne peut refuser"),
            *Question.values,
            help_text=_(
                "Les réponses sont chiffrées et ne servent qu’aux rapports du FSE+. Un refus laisse la fiche complète."
            ),
        ),
        Section(
            _("En cas de refus"),
            Row("asked_on", "proof"),
            help_text=_("Le jour où les questions refusées ont été posées, et ce qui le montre."),
        ),
        "reason",
    )

    def answers(self) -> dict[str, str]:
        """The answer to each question."""
        return {question: self.cleaned_data[question] for question in Question.values}


NOTHING = "NONE"
SITUATIONS = (
    ("EMPLOYED", _("à l’emploi ou indépendant·e")),
    ("JOB_SEARCHING", _("en recherche d’emploi")),
    ("TRAINING", _("en études ou en formation")),
    ("QUALIFICATION", _("a obtenu une qualification")),
    (NOTHING, _("rien de tout cela, ou rien n’est connu")),
)


class ResultForm(ProposingForm):
    """What both moments ask: how it is known and when it was seen."""

    source = forms.ChoiceField(label=_("D’où vient l’information"), choices=[("", "–"), *ResultSource.choices])
    seen_on = FrenchDateField(label=_("Constaté le"), not_future=True)


class EsfExitForm(ResultForm):
    """The situation within four weeks of the exit: several answers may be true at once."""

    situation = forms.MultipleChoiceField(
        label=_("Situation de la personne"),
        choices=SITUATIONS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Plusieurs réponses peuvent être vraies à la fois."),
    )

    layout = Layout("situation", Row("source", "seen_on"), "reason")

    def clean_situation(self) -> list[str]:
        """Nothing and something exclude each other."""
        chosen: list[str] = self.cleaned_data["situation"]
        if NOTHING in chosen and len(chosen) > 1:
            raise ValidationError(_("« Rien de tout cela » ne va pas avec une autre réponse."), code="contradiction")
        return chosen


class EsfSixMonthsForm(ResultForm):
    """The situation six months after; the improvement is asked of people who were employed at entry."""

    employed = forms.ChoiceField(
        label=_("À l’emploi ou indépendant·e ce jour-là"),
        choices=[("yes", _("oui")), ("no", _("non, ou rien n’est connu"))],
        widget=forms.RadioSelect,
    )
    improved = forms.BooleanField(
        label=_("Sa situation sur le marché du travail s’est améliorée depuis l’entrée"),
        required=False,
        help_text=_("Seulement pour une personne à l’emploi à l’entrée. Une simple hausse de salaire ne compte pas."),
    )
    improvement = forms.CharField(
        label=_("En quoi elle s’est améliorée"),
        max_length=200,
        required=False,
        help_text=_("Contrat plus stable, temps plus complet, plus de responsabilités, promotion."),
    )

    layout = Layout("employed", "improved", "improvement", Row("source", "seen_on"), "reason")

    def __init__(self, *args: Any, asks_improvement: bool, **kwargs: Any) -> None:
        """Leave out what does not concern the person."""
        super().__init__(*args, **kwargs)
        if not asks_improvement:
            del self.fields["improved"], self.fields["improvement"]
