"""Making sure whether somebody is still at work, and taking back what was noted wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import AncrageForm, FrenchDateField
from foundation.layouts import Layout, Row, Section
from foundation.rules import dates
from placements.enums import EndReason, VerifiedHow
from placements.services.verifying import Verification

AT_WORK = ""


class VerifyForm(AncrageForm):
    """When and how one asked, and what came out of it."""

    asked_on = FrenchDateField(label=_("Vérifié le"), not_future=True)
    how = forms.ChoiceField(label=_("Comment"), choices=VerifiedHow.choices, widget=forms.RadioSelect)
    seen_on = FrenchDateField(
        label=_("Dernier jour au travail dont on est sûr"),
        help_text=_("Le jour de la vérification si la personne travaille encore, sinon son dernier jour presté."),
        bounds=dates.WORK_DAY,
    )
    end_reason = forms.ChoiceField(
        label=_("Ce qui en est"),
        choices=[(AT_WORK, _("elle y travaillait encore ce jour-là")), *EndReason.choices],
        required=False,
        help_text=_("Un motif de fin : l’emploi est terminé, et sa fin s’écrit au contrat."),
    )
    note = forms.CharField(label=_("Remarque"), max_length=200, required=False)

    layout = Layout(Section(_("La vérification"), Row("asked_on", "seen_on"), "how", "end_reason", "note"))

    def __init__(self, *args: Any, hides_employer: bool, **kwargs: Any) -> None:
        """An employer who must not hear of the person is not asked."""
        super().__init__(*args, **kwargs)
        if hides_employer:
            how: Any = self.fields["how"]
            how.choices = [choice for choice in VerifiedHow.choices if choice[0] != VerifiedHow.EMPLOYER]

    def verification(self) -> Verification:
        """What was typed, as the service reads it."""
        return Verification(**{name: self.cleaned_data[name] for name in self.fields})
