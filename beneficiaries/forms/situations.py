"""The dated situations of a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from beneficiaries.rules.situations import SituationKind
from foundation.forms import AncrageForm, FrenchDateField, SubmissionIdMixin
from foundation.layouts import Layout, Row


class SituationForm(AncrageForm):
    """One situation, from its first to its last day."""

    kind = forms.ChoiceField(label=_("Situation"), choices=[("", _("Choisissez…")), *SituationKind.choices])
    starts_on = FrenchDateField(label=_("Premier jour"), not_future=True)
    ends_on = FrenchDateField(
        label=_("Dernier jour"),
        required=False,
        help_text=_("Compris. Vide tant que la situation dure."),
        may_be_open=True,
    )
    detail = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=150,
        help_text=_("Par exemple le type de titre de séjour, ou le CPAS qui aide."),
    )

    layout = Layout("kind", Row("starts_on", "ends_on"), "detail")


class NewSituationForm(SubmissionIdMixin, SituationForm):
    """A situation to note."""


class SituationEndForm(AncrageForm):
    """The last day of a situation."""

    ends_on = FrenchDateField(label=_("Dernier jour"), help_text=_("Compris."))
