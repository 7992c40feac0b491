"""The exceptions of a case: asked, decided, withdrawn, taken back; and the answer, once it is read."""

from datetime import date
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from beneficiaries.enums import ExceptionCode
from beneficiaries.forms.exceptions import AnswerForm, ExceptionForm, ReasonForm, TakeBackForm
from beneficiaries.models import ExceptionRequest
from beneficiaries.registries import ExceptionKind
from beneficiaries.rules.exceptions import Step, leads_on
from beneficiaries.selectors.derogations import quota_with
from beneficiaries.selectors.exceptions import exceptions_of, kinds_to_ask, what_words
from beneficiaries.services import exceptions as services
from beneficiaries.views.case_file import CaseActView, CaseFileMixin
from foundation.forms import AncrageForm
from foundation.views import ConfirmActView
from foundation.ways import Way

LIST_PAGE = "beneficiaries:exception_list"
TO_LIST = Way(LIST_PAGE, "case.pk", words=gettext_lazy("Retour aux exceptions"), next_wins=True)


class ExceptionListView(CaseFileMixin, TemplateView):
    """What was asked beyond the rule, and what became of it."""

    template_name = "beneficiaries/exceptions.html"
    tab_name = "beneficiaries:case_path"
    case_select = ("eligibility",)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["exceptions"] = exceptions_of(self.case, self.actor)
        context["kinds"] = kinds_to_ask(self.case, self.actor, self.on)
        return context


class ExceptionAskView(CaseActView):
    """Asking for one kind of exception; a room says which."""

    form_class = ExceptionForm
    code: ClassVar[str]
    submit_label = gettext_lazy("Envoyer la demande")
    leads_to = TO_LIST
    template_name = "beneficiaries/exception_ask.html"
    success_message = gettext_lazy("La demande est envoyée : elle attend la décision de la coordination.")

    @property
    def kind(self) -> ExceptionKind:
        """The kind that the page asks for."""
        return services.kind_of(self.code)

    def get_form_kwargs(self) -> dict[str, Any]:
        """What this kind asks."""
        return {**super().get_form_kwargs(), "kind": self.kind}

    def act(self, form: ExceptionForm) -> ExceptionRequest:
        return services.ask_exception(case=self.case, kind=self.code, statement=form.statement(), actor=self.actor)


class DerogationAskView(ExceptionAskView):
    """Somebody whom no criterion of the list opens the door to."""

    code = ExceptionCode.DEROGATION
    page_title = gettext_lazy("Demander une dérogation d’éligibilité")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell where one more would stand against the quota."""
        return super().get_context_data(quota=quota_with(self.case, self.on), **kwargs)


class OneExceptionView(CaseActView):
    """An act on one exception of the case; that of another case is a 404."""

    leads_to = TO_LIST
    step: ClassVar[Step]
    template_name = "beneficiaries/exception_act.html"

    @cached_property
    def exception(self) -> ExceptionRequest:
        """The exception that the address names."""
        rows = ExceptionRequest.objects.select_related("requested_by", "decided_by", "evidence")
        found: ExceptionRequest = get_object_or_404(rows, case=self.case, pk=self.kwargs["exception_id"])
        found.case = self.case
        return found

    def prepare(self) -> None:
        """Find it first: what does not exist here is a 404, whatever is asked."""
        super().prepare()
        _found = self.exception

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send back to the list when somebody else has settled it."""
        if not leads_on(self.exception.state, self.step):
            messages.info(request, _("Cette demande est %(state)s.") % {"state": self.exception.get_state_display()})
            return redirect(self.leads_to.address(self))
        return super().get(request, *args, **kwargs)

    def get_page_lead(self) -> str:
        return self.exception.get_kind_display()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(exception=self.exception, what=what_words(self.exception), **kwargs)


class ExceptionDecideView(OneExceptionView):
    """The answer of whoever coordinates."""

    step = Step.DECIDE
    permission = "beneficiaries.decide_exception"
    form_class = AnswerForm
    page_title = gettext_lazy("Décider d’une demande")
    submit_label = gettext_lazy("Enregistrer la décision")

    def get_form_kwargs(self) -> dict[str, Any]:
        """What was asked, which may be amended."""
        kind = services.kind_of(self.exception.kind)
        return {**super().get_form_kwargs(), "exception": self.exception, "kind": kind}

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.on}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say when the decision belongs to somebody else."""
        own = services.own_request_words() if services.must_leave_it(self.exception, self.actor) else ""
        quota = quota_with(self.case, self.on) if self.exception.kind == ExceptionCode.DEROGATION else None
        return super().get_context_data(own=own, quota=quota, **kwargs)

    def act(self, form: AnswerForm) -> ExceptionRequest:
        data = form.cleaned_data
        granted = data["granted"] == "oui"
        return services.decide_exception(
            request=self.exception,
            granted=granted,
            on=data["on"],
            note=data["note"],
            amended=form.amended() if granted else None,
            actor=self.actor,
        )

    def get_success_message(self, form: Any) -> str:
        return _("La demande est accordée.") if self.result.is_granted else _("La demande est refusée, avec son motif.")


class ExceptionGrantView(OneExceptionView, ConfirmActView):
    """Granted as it was asked, today, in one press: from a list, or after the question of this page."""

    step = Step.DECIDE
    permission = "beneficiaries.decide_exception"
    template_name = "beneficiaries/case_confirm.html"
    form_class = AncrageForm
    page_title = gettext_lazy("Accorder ce qui est demandé")
    submit_label = gettext_lazy("Accorder")
    success_message = gettext_lazy("La demande est accordée ; la décision se reprend sur la page des exceptions.")
    danger = False

    def get_consequences(self) -> tuple[str, ...]:
        """What is granted, as it was asked."""
        said = f"{self.exception.get_kind_display()} {what_words(self.exception)}".strip()
        return (said[:1].upper() + said[1:], _("La décision porte votre nom et la date du jour."))

    def act(self, form: Any) -> ExceptionRequest:
        return services.decide_exception(request=self.exception, granted=True, on=self.on, actor=self.actor)


class ExceptionWithdrawView(OneExceptionView):
    """One's own request is withdrawn before any answer."""

    step = Step.WITHDRAW
    form_class = ReasonForm
    page_title = gettext_lazy("Retirer ma demande")
    submit_label = gettext_lazy("Retirer la demande")
    success_message = gettext_lazy("La demande est retirée, avec son motif.")

    def act(self, form: ReasonForm) -> ExceptionRequest:
        return services.withdraw_exception(request=self.exception, actor=self.actor, **form.cleaned_data)


class ExceptionTakeBackView(OneExceptionView):
    """What was granted is taken back."""

    step = Step.TAKE_BACK
    permission = "beneficiaries.decide_exception"
    form_class = TakeBackForm
    page_title = gettext_lazy("Reprendre une décision")
    submit_label = gettext_lazy("Reprendre la décision")
    success_message = gettext_lazy("La décision est reprise, avec son motif : les deux restent au dossier.")

    def get_initial(self) -> dict[str, date]:
        return {"on": self.on}

    def act(self, form: TakeBackForm) -> ExceptionRequest:
        return services.take_back_exception(request=self.exception, actor=self.actor, **form.cleaned_data)


class AnswerReadView(CaseActView, ConfirmActView):
    """The answer was read: it leaves « Ma journée »."""

    template_name = "beneficiaries/case_confirm.html"
    permission = "beneficiaries.view_case"
    form_class = AncrageForm
    leads_to = TO_LIST
    page_title = gettext_lazy("J’ai lu la réponse")
    submit_label = gettext_lazy("J’ai lu la réponse")
    success_message = gettext_lazy("C’est noté.")
    danger = False

    def prepare(self) -> None:
        """Find the exception of this case."""
        self.answered = get_object_or_404(ExceptionRequest, case=self.case, pk=self.kwargs["exception_id"])

    def act(self, form: Any) -> ExceptionRequest:
        return services.read_answer(request=self.answered, actor=self.actor)
