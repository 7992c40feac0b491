"""Forms about the project, the site and the referrer of a case, and about the cases of a project that ends."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Project, Site, User
from beneficiaries.forms.corrections import ReasonForm
from beneficiaries.forms.handover import PICK
from beneficiaries.models import CaseBelonging, CoachingCase, Partner
from beneficiaries.selectors import cases as selectors
from beneficiaries.services.belonging import FIELDS, Belonging
from foundation.choosing import ChoosingField
from foundation.clock import today
from foundation.formatting import of_name
from foundation.forms import AncrageForm, FrenchDateField


class BelongingForm(ReasonForm):
    """To what the case belongs; a project that is over is offered where the case is in it already."""

    project = forms.ModelChoiceField(
        label=gettext_lazy("Projet"), queryset=Project.objects.none(), required=False, empty_label=gettext_lazy("aucun")
    )
    site = forms.ModelChoiceField(
        label=gettext_lazy("Site"),
        queryset=Site.objects.none(),
        required=False,
        empty_label=gettext_lazy("aucun en particulier"),
    )
    referrer = ChoosingField(
        "referrers",
        label=gettext_lazy("Prescripteur"),
        queryset=Partner.objects.none(),
        required=False,
        nobody=gettext_lazy("venue d’elle-même, ou pas dans la liste"),
    )

    def __init__(self, *args: Any, viewer: User, row: CaseBelonging, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here: dict[str, Any] = {
            # The service says which of them run on the day that is chosen: it may be last year's.
            "project": Project.objects.visible_to(viewer).order_by("code", "pk"),
            "site": selectors.sites(viewer),
        }
        for name, queryset in here.items():
            field: Any = self.fields[name]
            field.queryset = queryset
            field.initial = getattr(row, f"{name}_id")
        referrer: Any = self.fields["referrer"]
        referrer.offer(viewer, kept=row.referrer_id, makes=True)
        referrer.initial = row.referrer_id

    def belonging(self) -> Belonging:
        """What the service receives."""
        return Belonging(**{name: self.cleaned_data[name] for name in FIELDS})


class BelongingChangeForm(BelongingForm):
    """From which day on the case belongs elsewhere, and why."""

    on = FrenchDateField(
        label=gettext_lazy("À partir du"),
        not_future=True,
        help_text=gettext_lazy("Ce qui a été fait avant ce jour reste à l’ancien projet."),
    )
    shown = forms.UUIDField(widget=forms.HiddenInput, required=False)

    field_order = ("on", "project", "site", "referrer", "reason", "shown")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()
        self.fields["shown"].initial = kwargs["row"].pk
        self.fields["reason"].label = _("Motif du changement")
        self.fields["reason"].help_text = _("Il reste dans le dossier, à côté du nouveau rattachement.")


class BelongingCorrectForm(BelongingForm):
    """What was typed wrong: the day, or to what the case belonged."""

    starts_on = FrenchDateField(label=gettext_lazy("À partir du"), not_future=True)

    field_order = ("starts_on", "project", "site", "referrer", "reason")

    def __init__(self, *args: Any, row: CaseBelonging, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.fields["starts_on"].initial = row.starts_on
        if is_first:
            # It begins as the case opens: that day is corrected with the first phase.
            self.fields["starts_on"].disabled = True
            self.fields["starts_on"].help_text = _("Le jour de l’ouverture ; il se corrige avec la première phase.")


class ReferralForm(ReasonForm):
    """When the referrer sent the person."""

    referred_on = FrenchDateField(label=gettext_lazy("Date d’orientation"), required=False, not_future=True)

    field_order = ("referred_on", "reason")


class MoveCasesForm(AncrageForm):
    """Which open cases of a project go on in which other one, from when, and why."""

    successor = forms.ModelChoiceField(
        label=gettext_lazy("Vers quel projet"),
        queryset=Project.objects.none(),
        empty_label=gettext_lazy("Choisissez…"),
    )
    on = FrenchDateField(
        label=gettext_lazy("À partir du"),
        not_future=True,
        help_text=gettext_lazy("Ce qui a été fait avant ce jour reste à l’ancien projet."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Motif"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Gardé dans chaque dossier déplacé."),
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    mark_optional = False

    def __init__(
        self, *args: Any, project: Project, successors: Any, cases: Iterable[CoachingCase], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["successor"]
        field.queryset = successors.exclude(pk=project.pk)
        self.cases = list(cases)
        for case in self.cases:
            self.fields[f"{PICK}{case.pk}"] = forms.BooleanField(
                label=_("Déplacer le dossier %(of_name)s") % {"of_name": of_name(case.beneficiary.full_name)},
                required=False,
                initial=True,
            )

    def lines(self) -> Iterator[tuple[CoachingCase, BoundField]]:
        """The cases with the box that ticks them."""
        for case in self.cases:
            yield case, self[f"{PICK}{case.pk}"]

    def main_fields(self) -> list[BoundField]:
        """The fields that hold for all the cases."""
        return [self["successor"], self["on"], self["reason"]]

    def carried(self) -> list[BoundField]:
        """Every field, to be carried along hidden while the preview is read."""
        return [self[name] for name in self.fields if name != "confirmed"]

    def ticked(self) -> list[CoachingCase]:
        """The cases that are ticked."""
        return [case for case in self.cases if self.cleaned_data.get(f"{PICK}{case.pk}")]

    def chosen(self) -> list[UUID]:
        """The keys of the cases that are ticked."""
        return [case.pk for case in self.ticked()]

    def clean(self) -> dict[str, Any]:
        """At least one case is ticked."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"{PICK}{case.pk}") for case in self.cases):
            self.add_error(None, ValidationError(_("Cochez au moins un dossier à déplacer."), code="no_case"))
        return cleaned
