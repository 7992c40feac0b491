"""Forms about proposals and both decisions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from accounts.models import User
from beneficiaries.models import CoachingCase
from employers.enums import ContractType
from employers.models import Vacancy
from foundation.choosing import ChoosingField
from foundation.filters import ListFilter, WordsFilter
from foundation.forms import AncrageForm, FrenchDateField
from foundation.layouts import Layout
from placements.enums import Decision


class JobFilter(ListFilter):
    """What narrows the open jobs offered to a person."""

    q = WordsFilter(label=_("Poste ou entreprise"), field_name="search_key", max_length=100)
    contract_type = ChoiceFilter(label=_("Contrat"), empty_label=_("Tous les contrats"), choices=ContractType.choices)


class ProposeForm(AncrageForm):
    """A job put forward to a person, and why it fits."""

    vacancy = ChoosingField(
        "jobs",
        label=_("Poste"),
        queryset=Vacancy.objects.none(),
        help_text=_("Quelques lettres de l’intitulé ou de l’entreprise."),
        error_messages={"invalid_choice": _("Ce poste n’est plus ouvert, ou a déjà été proposé à cette personne.")},
    )
    rationale = forms.CharField(
        label=_("Pourquoi cela convient"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ce que la personne y trouverait, ce qu’elle sait déjà faire, ce qui reste à négocier."),
    )
    proposed_on = FrenchDateField(label=_("Proposé le"), not_future=True)

    layout = Layout("vacancy", "rationale", "proposed_on")

    def __init__(self, *args: Any, viewer: User, case: CoachingCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vacancy: Any = self.fields["vacancy"]
        vacancy.offer(viewer, case=case.pk)


class DecisionForm(AncrageForm):
    """The answer of one party. A no says why: it helps the next search."""

    decision = forms.ChoiceField(
        label=_("Réponse"),
        choices=[(Decision.ACCEPTED.value, _("D’accord")), (Decision.REFUSED.value, _("Refus"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Motif du refus"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("En cas de refus seulement, dans les mots de la personne qui refuse."),
    )
    on = FrenchDateField(label=_("Le"), not_future=True)
