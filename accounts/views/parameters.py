"""Dated values: the lists with their history, and the acts, each after showing what it would move.

An organisation's pages are for its administrators, those of the installation for the steward; they differ by whose
values they read and write.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import ParameterStatus
from accounts.forms.parameters import (
    DatedValueForm,
    GiveUpForm,
    InstallationValueForm,
    OwnValueForm,
    SupersedeInstallationForm,
    SupersedeOwnForm,
    WithdrawForm,
)
from accounts.models import Organisation, Parameter
from accounts.permissions import allows, organisation_of
from accounts.registries import impacts
from accounts.selectors import parameters as selectors
from accounts.services import parameters
from accounts.views.base import SettingsMixin
from foundation.clock import today
from foundation.errors import DomainError
from foundation.views import ActFormView, PageMixin, PageView
from foundation.ways import Way


class ParameterListView(SettingsMixin, PageView):
    """What the organisation sets for itself, and what the installation fixes for everybody."""

    template_name = "accounts/parameter_list.html"
    permission = "accounts.view_parameters"
    section = "accounts:parameter_list"
    page_title = gettext_lazy("Valeurs datées")
    page_lead = gettext_lazy(
        "Chaque règle se lit à la date de l’événement. Une valeur ne se corrige jamais : on en ajoute une nouvelle."
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups, installation = selectors.groups_for(organisation_of(self.actor), today())
        return super().get_context_data(
            groups=groups,
            installation=installation,
            stewards=selectors.stewards(),
            may_change=allows(self.actor, "accounts.manage_parameters", self.actor.organisation_here),
            assumption=ParameterStatus.ASSUMPTION,
            **kwargs,
        )


class InstallationListView(SettingsMixin, PageView):
    """Every number of the law and of the method, with where it comes from, for the steward."""

    template_name = "accounts/installation_list.html"
    permission = "accounts.keep_installation"
    section = "accounts:installation_list"
    page_title = gettext_lazy("Valeurs de l’installation")
    page_lead = gettext_lazy(
        "Elles valent pour tous les organismes. Celles de la maison ne valent que pour les organismes qui n’en ont pas "
        "fixé une autre."
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            groups=selectors.installation_groups(today()),
            may_change=True,
            assumption=ParameterStatus.ASSUMPTION,
            **kwargs,
        )


class DatedValueView(SettingsMixin, ActFormView):
    """An act on the values of one owner: first what it would move, then the writing."""

    template_name = "accounts/parameter_act.html"
    permission = "accounts.manage_parameters"
    section = "accounts:parameter_list"
    submit_label = gettext_lazy("Voir ce qui va changer")
    leads_to = Way("accounts:parameter_list", words=gettext_lazy("Valeurs datées"))
    #: the words of the button that writes
    confirm_label: ClassVar[Any] = gettext_lazy("Mettre cette valeur en vigueur")

    @property
    def owner(self) -> Organisation | None:
        """Whose values the page is about; none for the installation."""
        return organisation_of(self.actor)

    @property
    def key(self) -> str:
        """The parameter that the address names."""
        return str(self.kwargs["key"])

    @cached_property
    def sheet(self) -> selectors.ParameterSheet:
        """The parameter with its history; 404 for one that the owner does not set."""
        try:
            return selectors.parameter_sheet(self.key, self.owner, today())
        except KeyError as error:
            raise Http404 from error

    def prepare(self) -> None:
        """An address that names nothing answers 404, whatever is asked of it."""
        self.sheet  # noqa: B018 - read for its refusal

    def get_page_title(self) -> str:
        return str(self.sheet.meaning.label)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form reads values of this parameter's kind."""
        return {**super().get_form_kwargs(), "meaning": self.sheet.meaning}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("asks_confirmation", False)
        return super().get_context_data(sheet=self.sheet, owner=self.owner, confirm_label=self.confirm_label, **kwargs)

    def form_valid(self, form: DatedValueForm) -> HttpResponse:
        """Show what would move, until it is confirmed or corrected; what would be refused is told at once."""
        if "correct" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if form.cleaned_data["confirmed"]:
            return super().form_valid(form)
        try:
            change = self.change(form)
        except DomainError as error:
            self.add_refusal(form, error)
            return self.form_invalid(form)
        told = [*self.sentences(form), self.reach(), *impacts(change, self.actor)]
        return self.render_to_response(self.get_context_data(form=form, consequences=told, asks_confirmation=True))

    def change(self, form: DatedValueForm) -> selectors.Change:
        """What the act would make of the values. Raises ``ParameterRefused``."""
        raise NotImplementedError

    def sentences(self, form: DatedValueForm) -> list[str]:
        """What the act does, in sentences."""
        raise NotImplementedError

    def reach(self) -> str:
        """Whom it concerns."""
        if self.owner is not None:
            return _("La valeur ne vaut que pour %(organisation)s.") % {"organisation": self.owner}
        if self.sheet.meaning.is_of_the_house:
            return _("La valeur vaut pour les organismes qui n’en ont pas fixé une autre.")
        return _("La valeur vaut pour tous les organismes de cette installation.")

    def words_of(self, value: Any) -> str:
        """A JSON value on one line."""
        return self.sheet.meaning.show(value).replace("\n", " ; ")


class ParameterAddView(DatedValueView):
    """A new value of the organisation."""

    form_class: type[DatedValueForm] = OwnValueForm
    success_message = gettext_lazy("La nouvelle valeur est enregistrée.")

    def change(self, form: DatedValueForm) -> selectors.Change:
        return selectors.addition(
            key=self.key,
            value=form.cleaned_data.get("value"),
            valid_from=form.cleaned_data["valid_from"],
            organisation=self.owner,
        )

    def sentences(self, form: DatedValueForm) -> list[str]:
        words = {"new": self.words_of(form.cleaned_data["value"]), "day": f"{form.cleaned_data['valid_from']:%d/%m/%Y}"}
        return [
            _("À partir du %(day)s, la valeur est : %(new)s.") % words,
            _("Ce qui s’est passé avant le %(day)s garde la valeur de l’époque.") % words,
        ]

    def act(self, form: DatedValueForm) -> Parameter:
        return parameters.add_value(
            key=self.sheet.meaning.key,
            value=form.cleaned_data.get("value"),
            valid_from=form.cleaned_data["valid_from"],
            source=form.cleaned_data["source"],
            status=form.source_status,
            organisation=self.owner,
            actor=self.actor,
        )


class ParameterGiveUpView(ParameterAddView):
    """The organisation reads the installation's value again, from a day."""

    form_class: type[DatedValueForm] = GiveUpForm
    confirm_label: ClassVar[Any] = gettext_lazy("Revenir à la valeur de l’installation")
    success_message = gettext_lazy("La valeur de l’installation vaut à nouveau, à partir du jour indiqué.")

    def sentences(self, form: DatedValueForm) -> list[str]:
        day = {"day": f"{form.cleaned_data['valid_from']:%d/%m/%Y}"}
        return [
            _("À partir du %(day)s, l’organisme lit la valeur de l’installation, et ses changements à venir.") % day,
            _("Ce qui s’est passé avant le %(day)s garde la valeur de l’organisme.") % day,
        ]


class OneValueView(DatedValueView):
    """An act on a value that is known."""

    #: what the address calls it
    named = "parameter_id"

    @cached_property
    def parameter(self) -> Parameter:
        """The value that the address names, of this owner."""
        return get_object_or_404(selectors.values_of(self.owner), pk=self.kwargs[self.named])

    @property
    def key(self) -> str:
        return str(self.parameter.key)

    def get_page_lead(self) -> str:
        value = self.parameter.value
        words = _("la valeur de l’installation") if value is None else self.words_of(value)
        return _("Valeur : %(words)s, à partir du %(day)s") % {
            "words": words,
            "day": f"{self.parameter.valid_from:%d/%m/%Y}",
        }


class ParameterWithdrawView(OneValueView):
    """A value that has not taken force is taken back."""

    form_class: type[DatedValueForm] = WithdrawForm
    confirm_label: ClassVar[Any] = gettext_lazy("Retirer cette valeur")
    success_message = gettext_lazy("La valeur est retirée ; elle reste dans l’historique.")

    def change(self, form: DatedValueForm) -> selectors.Change:
        return selectors.withdrawal(self.parameter, today())

    def sentences(self, form: DatedValueForm) -> list[str]:
        return [_("La valeur n’entrera pas en vigueur : celle qui la précède continue.")]

    def act(self, form: DatedValueForm) -> Parameter:
        return parameters.withdraw_value(parameter=self.parameter, reason=form.cleaned_data["reason"], actor=self.actor)


class ParameterSupersedeView(OneValueView):
    """A value that has taken force is replaced, with a reason."""

    form_class: type[DatedValueForm] = SupersedeOwnForm
    confirm_label: ClassVar[Any] = gettext_lazy("Remplacer cette valeur")
    success_message = gettext_lazy("La valeur est remplacée ; l’ancienne reste dans l’historique.")

    def get_initial(self) -> dict[str, Any]:
        """The whole of the value, unless another day is typed."""
        return {"since": self.parameter.valid_from}

    def change(self, form: DatedValueForm) -> selectors.Change:
        data = form.cleaned_data
        return selectors.supersession(self.parameter, data["value"], data["since"], today())

    def sentences(self, form: DatedValueForm) -> list[str]:
        since, start = form.cleaned_data["since"], self.parameter.valid_from
        words = {"new": self.words_of(form.cleaned_data["value"]), "day": f"{since:%d/%m/%Y}"}
        kept = (
            _("L’ancienne valeur garde les jours avant le %(day)s.")
            if since > start
            else _("L’ancienne valeur ne vaut plus pour aucun jour ; elle reste dans l’historique, avec le motif.")
        )
        return [
            _("À partir du %(day)s, la valeur est : %(new)s.") % words,
            kept % words,
            _("Les échéances des dossiers concernés sont recalculées, y compris pour des jours déjà passés."),
        ]

    def act(self, form: DatedValueForm) -> Parameter:
        data = form.cleaned_data
        return parameters.supersede_value(
            parameter=self.parameter,
            value=data["value"],
            since=data["since"],
            reason=data["reason"],
            source=data["source"],
            status=form.source_status,
            actor=self.actor,
        )


class OfTheInstallation(PageMixin):
    """The same acts on the values of the installation, for the steward."""

    permission = "accounts.keep_installation"
    section = "accounts:installation_list"
    leads_to = Way("accounts:installation_list", words=gettext_lazy("Valeurs de l’installation"))
    named = "value_id"
    owner = None


class InstallationAddView(OfTheInstallation, ParameterAddView):
    """A new value of the installation."""

    form_class: type[DatedValueForm] = InstallationValueForm


class InstallationWithdrawView(OfTheInstallation, ParameterWithdrawView):
    """A value of the installation that has not taken force is taken back."""


class InstallationSupersedeView(OfTheInstallation, ParameterSupersedeView):
    """A value of the installation that has taken force is replaced."""

    form_class: type[DatedValueForm] = SupersedeInstallationForm
