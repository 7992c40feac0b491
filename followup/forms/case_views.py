"""Keeping a view of the list of cases under a name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from followup.rules.case_lists import NAME_LENGTH
from foundation.forms import AncrageForm


class CaseViewForm(AncrageForm):
    """The name of a view, and whose it is."""

    name = forms.CharField(label=_("Nom de la vue"), max_length=NAME_LENGTH)
    team = forms.BooleanField(
        label=_("Pour toute l’équipe"),
        required=False,
        help_text=_("Chacun la trouve parmi ses onglets ; seules la coordination et l’administration la changent."),
    )
    start = forms.BooleanField(
        label=_("Ouvrir la liste avec cette vue"), required=False, help_text=_("Pour vous seulement.")
    )

    def __init__(self, *args: Any, may_share: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["team"]


class CaseViewRenameForm(AncrageForm):
    """Another name for a view."""

    name = forms.CharField(label=_("Nom de la vue"), max_length=NAME_LENGTH)
