"""What a report is asked over."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import CASE_CARRYING_ROLES, Funder
from accounts.models import Organisation, Project, Site, User
from foundation.clock import today
from foundation.fields import FrenchDateField
from foundation.forms import AncrageForm, FilterForm, SubmissionIdMixin
from inspection.selectors.access import only_inspects
from tables.engine.scope import Scope, period_mistake


class PeriodEndField(FrenchDateField):
    """One end of a period: `period_mistake` judges its year, with the other end, in a page as in a script."""

    def validate(self, value: Any) -> None:
        forms.DateField.validate(self, value)


class ScopeForm(FilterForm):
    """Period and narrowing of a report, kept in the address so that a link reopens the same figures."""

    first = PeriodEndField(label=_("Du"))
    last = PeriodEndField(label=_("Au"), help_text=_("Ce jour est compris."))
    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.objects.none(), required=False, empty_label=_("tous"))
    project = forms.ModelChoiceField(
        label=_("Projet"), queryset=Project.objects.none(), required=False, empty_label=_("tous")
    )
    coach = forms.ModelChoiceField(
        label=_("Jobcoach"), queryset=User.objects.none(), required=False, empty_label=_("tous et toutes")
    )

    def __init__(
        self, *args: Any, user: User, consolidated: bool = False, funder: Funder | None = None, **kwargs: Any
    ) -> None:
        """Offer the sites, projects and coaches of the user's organisation; a consolidated report has none.

        With `funder`, the report is that of one of its projects: the latest unless another is asked.
        """
        super().__init__(*args, **kwargs)
        if consolidated:
            for name in ("site", "project", "coach"):
                del self.fields[name]
            return
        if only_inspects(user):
            # An inspection bears on the organisation, not on one of its people.
            del self.fields["coach"]
        organisation = user.current_organisation_id
        offered: dict[str, Any] = {
            "site": Site.objects.visible_to(user),
            "project": Project.objects.visible_to(user),
            "coach": User.objects.members_of(organisation, today(), *CASE_CARRYING_ROLES),
        }
        for name in offered.keys() & self.fields.keys():
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = offered[name]
            self.fields[name].error_messages["invalid_choice"] = _("Ce choix n’existe pas dans cet organisme.")
            self.fields[name].error_messages["invalid"] = _("Ce choix n’existe pas dans cet organisme.")
        if funder is not None:
            self._ask_one_project(user, funder)

    def _ask_one_project(self, user: User, funder: Funder) -> None:
        """Have one project chosen among those of a funder."""
        field = cast("forms.ModelChoiceField[Any]", self.fields["project"])
        field.queryset = projects = Project.objects.visible_to(user).filter(funder=funder)
        field.required, field.empty_label = True, None
        field.error_messages["required"] = _("Aucun projet de ce pouvoir subsidiant : un·e admin en ajoute un.")
        if self.is_bound and not self.data.get("project"):
            latest = projects.order_by("-starts_on", "code").first()
            self.data = {**{name: self.data.get(name) for name in self.data}, "project": latest.pk if latest else ""}

    def clean(self) -> dict[str, Any]:
        """Refuse a period that makes no sense."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        mistake = period_mistake(first, last, today()) if first and last else None
        if mistake:
            self.add_error(*mistake)
        return cleaned

    def scope(self, organisations: tuple[Organisation, ...]) -> Scope:
        """The scope that was asked, over these organisations."""
        asked = self.cleaned_data
        return Scope(
            organisations=organisations,
            first=asked["first"],
            last=asked["last"],
            site=asked.get("site"),
            project=asked.get("project"),
            coach=asked.get("coach"),
        )


class PrepareForm(SubmissionIdMixin, ScopeForm):
    """The scope of a report that is about to be sent."""


class SubmitForm(AncrageForm):
    """To whom a report is sent."""

    recipient = forms.CharField(
        label=_("Destinataire"), max_length=150, help_text=_("Par exemple : FOREM, direction de l’insertion.")
    )
    reference = forms.CharField(
        label=_("Référence de l’envoi"),
        max_length=100,
        required=False,
        help_text=_("Numéro de courrier, de convention ou de dépôt, s’il y en a un."),
    )
