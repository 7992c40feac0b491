"""Several records of one employer: a place of an enterprise, a firm taken over from a day on, and both taken back."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.forms.companies import EstablishmentForm, OtherFirmForm, TakeOverForm, TieReasonForm
from employers.models import Company
from employers.services import ties
from employers.views.companies import CompanyActView
from foundation.formatting import date_words, of_name

ONE_JOB = gettext_lazy(
    "Leurs contrats comptent alors pour un seul emploi : suivi, insertion durable, rapports et suivi discret compris."
)


class OtherFirmView(CompanyActView):
    """An act on two records of a firm."""

    page_lead = ONE_JOB

    def get_form_kwargs(self) -> dict[str, Any]:
        """The firms offered are those that the user sees."""
        return {**super().get_form_kwargs(), "viewer": self.actor, "company": self.company}

    def add_refusal(self, form: Any, error: Any) -> None:
        """Whatever is wrong with the other firm stands beside it."""
        if error.field in ("main", "by"):
            error.field = "other"
        super().add_refusal(form, error)


class EstablishmentView(OtherFirmView):
    """« C’est un établissement de… »."""

    form_class = EstablishmentForm
    submit_label = gettext_lazy("Enregistrer l’établissement")

    def get_page_title(self) -> str:
        return _("De quelle entreprise %(name)s est-elle un établissement ?") % {"name": self.company.name}

    def act(self, form: OtherFirmForm) -> Company:
        return ties.declare_establishment(company=self.company, main=form.cleaned_data["other"], actor=self.actor)

    def get_success_message(self, form: Any) -> str:
        return _("%(name)s est un établissement %(of_main)s : un seul employeur.") % {
            "name": self.result.name,
            "of_main": of_name(self.result.main.name),
        }


class TakeOverView(OtherFirmView):
    """« Cette entreprise a été reprise »."""

    form_class = TakeOverForm
    submit_label = gettext_lazy("Enregistrer la reprise")

    def get_page_title(self) -> str:
        return _("Qui reprend %(name)s ?") % {"name": self.company.name}

    def act(self, form: TakeOverForm) -> Company:
        data = form.cleaned_data
        return ties.take_over(
            company=self.company,
            by=data["other"],
            on=data["on"],
            reason=data["reason"],
            actor=self.actor,
            confirmed=form.said_yes_to,
        )

    def get_success_message(self, form: Any) -> str:
        return _("Dès le %(date)s, %(name)s et %(other)s sont un seul employeur.") % {
            "date": date_words(self.result.taken_over_on),
            "name": self.result.name,
            "other": self.result.taken_over_by.name,
        }


class TieUndoView(CompanyActView):
    """What was said of two records is taken back, with a reason."""

    form_class = TieReasonForm
    danger = True

    def get_page_lead(self) -> str:
        return self.company.name


class TakeOverUndoView(TieUndoView):
    """The firm was not taken over."""

    page_title = gettext_lazy("Cette entreprise n’a pas été reprise ?")
    submit_label = gettext_lazy("Retirer la reprise")
    success_message = gettext_lazy("La reprise est retirée ; les dossiers concernés sont recalculés.")

    def act(self, form: TieReasonForm) -> Company:
        return ties.undo_take_over(company=self.company, reason=form.cleaned_data["reason"], actor=self.actor)


class EstablishmentUndoView(TieUndoView):
    """The firm is an enterprise of its own."""

    page_title = gettext_lazy("Ce n’est pas un établissement de l’autre entreprise ?")
    submit_label = gettext_lazy("Séparer les deux entreprises")
    success_message = gettext_lazy("Ce sont deux employeurs ; les dossiers concernés sont recalculés.")

    def act(self, form: TieReasonForm) -> Company:
        return ties.undo_establishment(company=self.company, reason=form.cleaned_data["reason"], actor=self.actor)
