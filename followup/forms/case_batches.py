"""What is asked before something is done with several cases at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from beneficiaries.forms.handover import receiver_words
from beneficiaries.selectors.caseloads import Caseload
from foundation.clock import today
from foundation.forms import AncrageForm, FrenchDateField, SubmissionIdMixin


class BatchHandOverForm(SubmissionIdMixin, AncrageForm):
    """To whom, from when, and what the receiver needs to know."""

    coach = forms.ChoiceField(label=gettext_lazy("À qui"))
    on = FrenchDateField(label=gettext_lazy("À partir du"), not_future=True)
    note = forms.CharField(
        label=gettext_lazy("Note de passation"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Gardée dans chaque dossier transmis."),
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Mapping[UUID, Caseload], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        offered = [(str(pk), receiver_words(one)) for pk, one in people.items() if one.works_here]
        coach: Any = self.fields["coach"]
        coach.choices = [("", _("Choisissez…")), *offered]
        self.fields["on"].initial = today()

    @property
    def receiver(self) -> User:
        """Who receives the cases."""
        return self.people[UUID(self.cleaned_data["coach"])].coach
