"""Dated values: the list with its history, and the form that adds one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import ParameterStatus
from accounts.forms.settings import ParameterValueForm
from accounts.models import Parameter
from accounts.permissions import allows
from accounts.registries import impacts
from accounts.selectors import settings as selectors
from accounts.services import parameters
from accounts.views.base import SettingsMixin
from foundation.clock import today
from foundation.views import ActFormView, PageView
from foundation.ways import Way


class ParameterListView(SettingsMixin, PageView):
    """Every number of the law and of the method, with where it comes from."""

    template_name = "accounts/parameter_list.html"
    permission = "accounts.view_parameters"
    section = "accounts:parameter_list"
    page_title = gettext_lazy("Valeurs datées")
    page_lead = gettext_lazy(
        "Chaque règle se lit à la date de l’événement. Une valeur ne se corrige jamais : on en ajoute une nouvelle."
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            groups=selectors.parameter_groups(today()),
            may_change=allows(self.actor, "accounts.manage_parameters"),
            assumption=ParameterStatus.ASSUMPTION,
            **kwargs,
        )


class ParameterAddView(SettingsMixin, ActFormView):
    """A new dated value: first what it would move, then the writing."""

    template_name = "accounts/parameter_add.html"
    form_class = ParameterValueForm
    permission = "accounts.manage_parameters"
    section = "accounts:parameter_list"
    submit_label = gettext_lazy("Voir ce qui va changer")
    success_message = gettext_lazy("La nouvelle valeur est enregistrée.")
    leads_to = Way("accounts:parameter_list", words=gettext_lazy("Valeurs datées"))

    @cached_property
    def sheet(self) -> selectors.ParameterSheet:
        """The parameter that the address names."""
        try:
            return selectors.parameter_sheet(self.kwargs["key"], today())
        except KeyError as error:
            raise Http404 from error

    def get_page_title(self) -> str:
        return str(self.sheet.meaning.label)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form reads values of this parameter's kind."""
        return {**super().get_form_kwargs(), "meaning": self.sheet.meaning}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("asks_confirmation", False)
        return super().get_context_data(sheet=self.sheet, **kwargs)

    def form_valid(self, form: ParameterValueForm) -> HttpResponse:
        """Show what would move, until it is confirmed or corrected."""
        if "correct" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if form.cleaned_data["confirmed"]:
            return super().form_valid(form)
        return self.render_to_response(
            self.get_context_data(form=form, consequences=self.consequences(form), asks_confirmation=True)
        )

    def consequences(self, form: ParameterValueForm) -> list[str]:
        """What the new value does, in sentences."""
        data = form.cleaned_data
        meaning = self.sheet.meaning
        words = {"new": meaning.show(data["value"]).replace("\n", " ; "), "day": f"{data['valid_from']:%d/%m/%Y}"}
        return [
            _("À partir du %(day)s, la valeur est : %(new)s.") % words,
            _("Ce qui s’est passé avant le %(day)s garde la valeur de l’époque.") % words,
            _("La valeur vaut pour tous les organismes de cette installation."),
            *impacts(meaning.key, data["value"], data["valid_from"], self.actor),
        ]

    def act(self, form: ParameterValueForm) -> Parameter:
        data = form.cleaned_data
        return parameters.add_value(
            key=self.sheet.meaning.key,
            value=data["value"],
            valid_from=data["valid_from"],
            source=data["source"],
            status=ParameterStatus(data["status"]),
            actor=self.actor,
        )
