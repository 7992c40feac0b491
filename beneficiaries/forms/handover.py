"""Handing over several cases of one coach at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from beneficiaries.models import CoachingCase
from beneficiaries.selectors.caseloads import Caseload, phase_words
from foundation.clock import today
from foundation.formatting import of_name
from foundation.forms import AncrageForm, FrenchDateField, SubmissionIdMixin

PICK, TO = "pick_", "to_"


def ticked_in(data: Mapping[str, Any]) -> list[UUID]:
    """The cases that a posted form ticked, whether or not the page still offers them."""
    found = []
    for name in data:
        if name.startswith(PICK):
            try:
                found.append(UUID(name.removeprefix(PICK)))
            except ValueError:
                continue
    return found


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of the page: the box that ticks it, and who would receive it."""

    case: CoachingCase
    phase: str
    pick: BoundField
    to: BoundField


class HandOverManyForm(SubmissionIdMixin, AncrageForm):
    """Which cases, to whom (one for all, or one by one), from when, and what the receivers need to know."""

    coach = forms.ChoiceField(
        label=gettext_lazy("À qui"),
        required=False,
        help_text=gettext_lazy("Pour tous les dossiers cochés, sauf ceux pour lesquels vous indiquez quelqu’un."),
    )
    on = FrenchDateField(label=gettext_lazy("À partir du"), not_future=True)
    note = forms.CharField(
        label=gettext_lazy("Note de passation"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Gardée dans chaque dossier transmis."),
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    mark_optional = False

    def __init__(
        self, *args: Any, giver: User, cases: Iterable[CoachingCase], people: Mapping[UUID, Caseload], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.cases = list(cases)
        offered = [(str(pk), receiver_words(one)) for pk, one in people.items() if one.works_here and pk != giver.pk]
        self._offer("coach", [("", _("Choisissez…")), *offered])
        self.fields["on"].initial = today()
        for case in self.cases:
            name = case.beneficiary.full_name
            self.fields[f"{PICK}{case.pk}"] = forms.BooleanField(
                label=_("Transmettre le dossier %(of_name)s") % {"of_name": of_name(name)}, required=False, initial=True
            )
            self.fields[f"{TO}{case.pk}"] = forms.ChoiceField(
                label=_("À qui, pour %(name)s") % {"name": name}, required=False
            )
            self._offer(f"{TO}{case.pk}", [("", _("comme les autres")), *offered])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def lines(self) -> Iterator[CaseLine]:
        """The cases with their two fields, ready for the table."""
        for case in self.cases:
            phase = getattr(case, "phase", "")
            yield CaseLine(case, phase_words(phase) if phase else "", self[f"{PICK}{case.pk}"], self[f"{TO}{case.pk}"])

    def main_fields(self) -> list[BoundField]:
        """The fields that hold for all the cases."""
        return [self["coach"], self["on"], self["note"]]

    def carried(self) -> list[BoundField]:
        """Every field, to be carried along hidden while the preview is read."""
        return [self[name] for name in self.fields if name != "confirmed"]

    def clean(self) -> dict[str, Any]:
        """Every ticked case needs somebody."""
        cleaned = super().clean() or {}
        ticked = [case for case in self.cases if cleaned.get(f"{PICK}{case.pk}")]
        if not ticked:
            self.add_error(None, ValidationError(_("Cochez au moins un dossier à transmettre."), code="no_case"))
        alone = [case for case in ticked if not cleaned.get(f"{TO}{case.pk}")]
        if alone and not cleaned.get("coach") and "coach" not in self.errors:
            words = ngettext(
                "Choisissez qui reçoit le dossier coché.",
                "Choisissez qui reçoit les %(n)s dossiers cochés.",
                len(alone),
            )
            self.add_error("coach", ValidationError(words % {"n": len(alone)}, code="no_receiver"))
        return cleaned

    def receivers(self) -> dict[UUID, User]:
        """Who takes each ticked case."""
        data = self.cleaned_data
        return {
            case.pk: self.people[UUID(data[f"{TO}{case.pk}"] or data["coach"])].coach
            for case in self.cases
            if data[f"{PICK}{case.pk}"]
        }


def receiver_words(one: Caseload) -> str:
    """A person to choose: name, load, and whether they are away."""
    words = ngettext("%(name)s (%(n)s dossier)", "%(name)s (%(n)s dossiers)", one.load.cases) % {
        "name": one.coach.get_full_name(),
        "n": one.load.cases,
    }
    if one.absence is not None:
        words += _(", en absence jusqu’au %(day)s") % {"day": f"{one.absence.ends_on:%d/%m/%Y}"}
    return words
